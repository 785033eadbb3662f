import { z } from "zod";

import { workloadNames } from "../../contracts/workload/names";
import { WorkloadError } from "../../contracts/workload/workloadError";
import { loadWorkload } from "./loadWorkload";

/** Setting `streaming-ml:workload`: the folder of `workloads/` that the stack runs. */
export const workloadConfigSchema = z.custom<string>().superRefine((name, context) => {
  const message = workloadProblem(name);
  if (message !== undefined) {
    context.addIssue({ code: "custom", message, input: name });
  }
});

/**
 * Why a stack cannot serve a workload.
 *
 * @param folder with the workloads' folders. @default `workloads/` of this repository
 */
export function workloadProblem(name: unknown, folder?: string): string | undefined {
  const known = workloadNames(folder);
  if (typeof name !== "string" || !known.includes(name)) {
    return (
      `must be a folder of workloads/ with a workload.json: ${known.join(", ")}. ` +
      "Correct it, or add the folder"
    );
  }
  try {
    loadWorkload(name, folder);
    return undefined;
  } catch (error) {
    if (error instanceof WorkloadError) {
      return `must be a workload whose files are right:\n${error.message}\nCorrect them`;
    }
    throw error;
  }
}
