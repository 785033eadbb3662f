import { type ClusterSummary, EMRClient, ListClustersCommand } from "@aws-sdk/client-emr";

/** The cluster to plan: the running one, or the replacement of a terminated one. */
export interface ClusterIdentity {
  /** Name in EMR. A changed name means another cluster. */
  readonly name: string;
  /**
   * `live`: it runs, or there is none yet. `replaced`: the last one is terminated, this is its replacement's name.
   * `asleep`: it is terminated and nothing needs another one.
   */
  readonly life: "live" | "replaced" | "asleep";
}

export interface ClusterQuery {
  readonly region: string;
  /** Prefix of the names of all clusters of this stack. */
  readonly baseName: string;
  /** Whether to replace a terminated cluster: false while the streaming job is disabled. */
  readonly wanted: boolean;
  /** @default today */
  readonly today?: Date;
}

const LIVE = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"] as const;
const ENDED = ["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"] as const;

/**
 * Asks EMR whether the stack's cluster still runs. A plain `pulumi up` trusts its state, which does not show that a
 * cluster terminated because it was idle, lost its nodes or was terminated manually; EMR would then refuse new steps.
 *
 * A replacement's name is derived from the terminated cluster, so that the next plan gets the same name and does not
 * replace it again. EMR lists a cluster for about two months after it terminates (EMR, "View cluster status and
 * details"); after that the name is derived from the date.
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

/** Clusters of the stack in the given states. EMR filters by state only, and its list has no order. */
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
