import { expect } from "chai";
import { readFileSync } from "node:fs";

import { clusterConfigSchema } from "../../components/cluster/config";
import { placeProblems } from "../../components/config/loadConfig";
import { partitionProblems } from "../../components/config/partition";
import { endpointConfigSchema } from "../../components/endpoint/config";
import { partitionOf, regionProblem } from "../../components/shared/region";
import { inPythonPackage } from "../../tools/paths";
import { rooms } from "./stackConfig";

interface PartitionList {
  readonly partitions: { readonly id: string; readonly regions: Record<string, unknown> }[];
}

/** AWS's own list, as its SDK for Python carries it. */
const { partitions } = JSON.parse(
  readFileSync(inPythonPackage("botocore/data/partitions.json"), "utf8"),
) as PartitionList;

const known = partitions.flatMap(({ id, regions }) =>
  Object.keys(regions)
    .filter((region) => !region.endsWith("-global"))
    .map((region) => ({ id, region })),
);

describe("regions", () => {
  it("knows the partition of every region that AWS's SDK lists", () => {
    expect(known.length).to.be.greaterThan(40);
    expect(known.filter(({ id, region }) => partitionOf(region) !== id)).to.deep.equal([]);
  });

  it("accepts the regions of aws and aws-us-gov, and refuses the others in one sentence", () => {
    const refused = known.filter(({ region }) => regionProblem(region) !== undefined);
    expect([...new Set(refused.map(({ id }) => id))].sort()).to.deep.equal(
      partitions
        .map(({ id }) => id)
        .filter((id) => !["aws", "aws-us-gov"].includes(id))
        .sort(),
    );
    expect(placeProblems("cn-north-1", {})).to.deep.equal([
      {
        path: "aws:region",
        message:
          "lies in the partition aws-cn, where AWS's hosts, VPC endpoints and the services that take roles have " +
          "names that this program does not write: use a region of aws or aws-us-gov",
        received: "cn-north-1",
      },
    ]);
    expect(regionProblem("us_east_1")).to.equal(
      "must be the name of an AWS region, for example us-east-1",
    );
  });

  it("refuses in GovCloud what its user guide says is not there", () => {
    const { cluster, endpoint } = rooms("dev", {
      "endpoint.deployOnApproval": { repository: "team/streaming-ml", connectionArn: CONNECTION },
    });
    const asked = {
      cluster: clusterConfigSchema.parse(cluster),
      endpoint: endpointConfigSchema.parse(endpoint),
    };
    expect(partitionProblems("us-east-1", asked)).to.deep.equal([]);
    expect(partitionProblems("us-gov-west-1", asked).map(({ path }) => path)).to.deep.equal([
      "cluster.idleTerminationMinutes",
      "endpoint.deployOnApproval",
    ]);
  });
});

const CONNECTION = "arn:aws-us-gov:events:us-gov-west-1:123456789012:connection/github/1";

describe("default tags", () => {
  const problems = (tags: object): string[] =>
    placeProblems("us-east-1", { tags }).map(({ message }) => message);

  it("accepts what every service takes", () => {
    expect(problems({ project: "streaming-ml", "cost centre": "a/b:c+d=e@f_g.h" })).to.deep.equal(
      [],
    );
  });

  it("refuses more tags than an object in S3 takes", () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`tag${i}`, "x"]));
    expect(problems(many)).to.deep.equal([
      "has 11 tags, and an object in S3 takes at most 10: remove some",
    ]);
  });

  it("refuses keys and values that a service would not take, each by its key", () => {
    const found = problems({ "aws:x": "y", ok: "a;b", long: "x".repeat(257), "": "z" });
    expect(found).to.have.length(4);
    expect(found.join("\n")).to.contain('"aws:x"').and.contain('"ok"').and.contain('"long"');
  });
});
