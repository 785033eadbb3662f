import type { ClusterConfig } from "../cluster/config";
import type { EndpointConfig } from "../endpoint/config";
import { partitionOf } from "../shared/region";
import type { RuleProblem } from "./rules";

/** Settings that the region's partition does not support. Source: AWS GovCloud (US) user guide. */
export function partitionProblems(
  region: string,
  rooms: { readonly cluster?: ClusterConfig; readonly endpoint?: EndpointConfig },
): RuleProblem[] {
  if (partitionOf(region) !== "aws-us-gov") {
    return [];
  }
  const problems: RuleProblem[] = [];
  const minutes = rooms.cluster?.idleTerminationMinutes;
  if (minutes !== undefined) {
    problems.push({
      path: "cluster.idleTerminationMinutes",
      message: `must be left out in ${region}: EMR has no auto-termination policy in AWS GovCloud (US)`,
      received: minutes,
    });
  }
  if (rooms.endpoint?.deployOnApproval !== undefined) {
    problems.push({
      path: "endpoint.deployOnApproval",
      message:
        `must be left out in ${region}: EventBridge has no API destinations in AWS GovCloud (US). ` +
        "Start the deployment workflow yourself after an approval",
    });
  }
  return problems;
}
