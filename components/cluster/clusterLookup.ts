import { type ClusterSummary, EMRClient, ListClustersCommand } from "@aws-sdk/client-emr";

/** The cluster to plan: the one that runs, or the one that takes an ended one's place. */
export interface ClusterIdentity {
  /** Name in EMR, which never changes while a cluster lives: another name is another cluster. */
  readonly name: string;
  /**
   * `live`: it runs, or there is none yet. `replaced`: the last one has ended, this is its successor's name. `asleep`:
   * it has ended and nothing needs another one.
   */
  readonly life: "live" | "replaced" | "asleep";
}

export interface ClusterQuery {
  readonly region: string;
  /** What the names of all clusters of this stack begin with. */
  readonly baseName: string;
  /** Whether an ended cluster is to be replaced: false while the streaming job is switched off. */
  readonly wanted: boolean;
  /** @default today */
  readonly today?: Date;
}

const LIVE = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"] as const;
const ENDED = ["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"] as const;

/**
 * Asks EMR whether the stack's cluster still runs. A plain `up` believes its state, where a cluster that ended itself
 * for want of work, lost its nodes or was terminated by hand is as it was; the steps of its successor would be refused.
 *
 * The name is the memory: a successor is named after the cluster whose place it takes, so that it is planned once and
 * is itself again in the next plan. EMR lists a cluster for about two months after its end (EMR, "View cluster status
 * and details"); after that a name of a new day brings another one.
 */
export async function findCluster(
  query: ClusterQuery,
  client: Pick<EMRClient, "send"> = new EMRClient({ region: query.region }),
): Promise<ClusterIdentity> {
  const live = newest(await list(query, client, LIVE));
  if (live !== undefined) {
    return { name: live.Name!, life: "live" };
  }
  const ended = newest(await list(query, client, ENDED));
  if (ended === undefined) {
    const day = (query.today ?? new Date()).toISOString().slice(0, "2026-01-01".length);
    return { name: `${query.baseName}-${day}`, life: "live" };
  }
  return query.wanted
    ? { name: `${query.baseName}-after-${ended.Id}`, life: "replaced" }
    : { name: ended.Name!, life: "asleep" };
}

/** Clusters of the stack in some states; EMR filters by state only, and gives them in no order. */
async function list(
  { baseName }: ClusterQuery,
  client: Pick<EMRClient, "send">,
  states: readonly (typeof LIVE | typeof ENDED)[number][],
): Promise<ClusterSummary[]> {
  const found: ClusterSummary[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(
      new ListClustersCommand({ ClusterStates: [...states], Marker: marker }),
    );
    found.push(...(page.Clusters ?? []).filter(({ Name }) => belongs(Name, baseName)));
    marker = page.Marker;
  } while (marker !== undefined);
  return found;
}

function belongs(name: string | undefined, baseName: string): boolean {
  return (
    name?.startsWith(`${baseName}-`) === true &&
    /^(\d{4}-\d{2}-\d{2}|after-j-[0-9A-Z]+)$/.test(name.slice(baseName.length + 1))
  );
}

function newest(clusters: readonly ClusterSummary[]): ClusterSummary | undefined {
  const created = ({ Status }: ClusterSummary) =>
    Status?.Timeline?.CreationDateTime?.getTime() ?? 0;
  return [...clusters].sort((one, other) => created(other) - created(one))[0];
}
