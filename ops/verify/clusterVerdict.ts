import { failed, ok, type Verdict } from "./verdict";

/** States in which a cluster runs steps. */
const READY = ["RUNNING", "WAITING"];
const STARTING = ["STARTING", "BOOTSTRAPPING"];

/** What EMR says of a cluster. */
export interface ClusterAnswer {
  readonly id: string;
  readonly state: string;
  /** For example BOOTSTRAP_FAILURE. */
  readonly code?: string;
  readonly message?: string;
}

/** The cluster runs: its nodes reach EMR, S3 and the keys. */
export function judgeCluster({ id, state, code, message }: ClusterAnswer): Verdict {
  if (READY.includes(state)) {
    return ok(`Cluster ${id} is ${state}: its nodes reach EMR and S3.`);
  }
  const reason = [code, message].filter((part) => part).join(": ");
  const found = `Cluster ${id} is ${state}${reason === "" ? "" : ` (${reason})`}.`;
  if (STARTING.includes(state)) {
    return failed(found, "Wait until it is WAITING, ten minutes as a rule, then verify again.");
  }
  return failed(
    found,
    code === "BOOTSTRAP_FAILURE"
      ? "The nodes do not reach S3 or EMR: look at NAT gateways and endpoints of the network."
      : "Look at the reason, then run pulumi up: it makes a new cluster (docs/runbooks/ended-cluster.md).",
  );
}
