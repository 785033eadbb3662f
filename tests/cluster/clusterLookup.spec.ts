import type { ClusterSummary } from "@aws-sdk/client-emr";
import { expect } from "chai";

import { type ClusterQuery, findCluster } from "../../components/cluster/clusterLookup";

const query: ClusterQuery = {
  region: "us-east-1",
  baseName: "streaming-ml-dev-spark",
  wanted: true,
  today: new Date("2026-11-29T12:00:00Z"),
};

/** A cluster as ListClusters shows it; the higher its number, the later it came. */
function cluster(number: number, state: string, name: string): ClusterSummary {
  const CreationDateTime = new Date(Date.UTC(2026, 0, number));
  return {
    Id: `j-${number}`,
    Name: name,
    Status: { State: state as "RUNNING", Timeline: { CreationDateTime } },
  };
}

/** EMR with some clusters, one a page. */
function emr(...clusters: ClusterSummary[]) {
  const send = ({ input }: { input: { ClusterStates: string[]; Marker?: string } }) => {
    const found = clusters.filter(({ Status }) => input.ClusterStates.includes(Status!.State!));
    const page = Number(input.Marker ?? 0);
    return Promise.resolve({
      Clusters: found.slice(page, page + 1),
      Marker: page + 1 < found.length ? String(page + 1) : undefined,
    });
  };
  return { send } as never;
}

const first = "streaming-ml-dev-spark-2026-10-01";

describe("the cluster that is planned", () => {
  it("is the one that runs, the newest if several do, whatever has ended", async () => {
    const client = emr(
      cluster(3, "TERMINATED_WITH_ERRORS", "streaming-ml-dev-spark-after-j-1"),
      cluster(1, "WAITING", first),
      cluster(2, "RUNNING", "streaming-ml-dev-spark-after-j-0"),
    );
    for (const wanted of [true, false]) {
      expect(await findCluster({ ...query, wanted }, client)).to.deep.equal({
        name: "streaming-ml-dev-spark-after-j-0",
        life: "live",
      });
    }
  });

  it("is a new one, named after the newest that ended, when the job needs one", async () => {
    const client = emr(
      cluster(1, "TERMINATED", first),
      cluster(2, "TERMINATING", "streaming-ml-dev-spark-after-j-1"),
    );
    const planned = await findCluster(query, client);
    expect(planned).to.deep.equal({ name: "streaming-ml-dev-spark-after-j-2", life: "replaced" });
    const then = emr(cluster(1, "TERMINATED", first), cluster(3, "STARTING", planned.name));
    expect(await findCluster(query, then)).to.deep.equal({ name: planned.name, life: "live" });
  });

  it("stays the ended one while the job is switched off", async () => {
    const client = emr(cluster(1, "TERMINATED", first));
    expect(await findCluster({ ...query, wanted: false }, client)).to.deep.equal({
      name: first,
      life: "asleep",
    });
  });

  it("has the day in its name when EMR knows none, at first and after it has forgotten", async () => {
    expect(await findCluster(query, emr())).to.deep.equal({
      name: "streaming-ml-dev-spark-2026-11-29",
      life: "live",
    });
  });

  it("is never another stack's", async () => {
    const others = ["streaming-ml-dev-spark", "streaming-ml-dev-spark-2-spark-2026-10-01", "other"];
    const client = emr(...others.map((name, index) => cluster(index + 1, "RUNNING", name)));
    expect((await findCluster(query, client)).name).to.equal("streaming-ml-dev-spark-2026-11-29");
  });
});
