import type { Drill } from "./drill";

/** What happens to models that are deployed under load: `tests/reliability/deployment`. */
export const deploymentDrills: Readonly<Record<string, Drill>> = {
  deployments: deploymentDrill(
    "60 requests/s while models follow each other: canary, a model that crashes on load, a good one with 3 instances, " +
      "an alarm during the shift, the same model again, a rejected model, a rolling update",
    ["canary", "crash", "scaledOut", "alarm", "again", "rejected", "rolling"],
    600,
  ),
  "endpoint-kinds": deploymentDrill(
    "60 requests/s while the endpoint changes: another instance type, serverless and back, Ctrl-C in the middle of a " +
      "shift and of a creation and `up` again",
    ["anotherInstanceType", "anotherMode", "interrupted", "interruptedCreation"],
    600,
  ),
};

/** Several scenarios, one after the other on one deployed stack. */
function deploymentDrill(
  title: string,
  scenarios: readonly string[],
  timeoutSeconds: number,
): Drill {
  return {
    title,
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/reliability/deployment/main.ts", ...scenarios],
    timeoutSeconds,
  };
}
