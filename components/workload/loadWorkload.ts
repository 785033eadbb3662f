import { join } from "node:path";

import { TRAINING_SET_MODULE, WORKLOADS_FOLDER } from "../../contracts/workload/names";
import { inspectWorkload } from "../../contracts/workload/readWorkload";
import type { Workload } from "../../contracts/workload/workload";
import { WorkloadError } from "../../contracts/workload/workloadError";
import { modelCodeProblems } from "./modelFile";
import { trainingSetFileProblems } from "./trainingSet";

/** A workload whose whole folder was checked. */
export interface LoadedWorkload {
  readonly workload: Workload;
  /** Absolute path of its `training_set.py`. */
  readonly trainingSetPath: string;
}

/** Result of checking a folder. */
export interface InspectedFolder {
  /** Absent if there are problems. */
  readonly loaded?: LoadedWorkload;
  /** One text for each file with problems. */
  readonly problems: readonly string[];
}

/**
 * Reads a workload of this repository, and checks that its code exists and can run where it is needed.
 *
 * @param folder with the workloads' folders. @default `workloads/` of this repository
 * @throws WorkloadError one message with every problem in the folder, or with the existing workloads
 */
export function loadWorkload(name: string, folder = WORKLOADS_FOLDER): LoadedWorkload {
  const { loaded, problems } = inspectFolder(name, folder);
  if (loaded === undefined) {
    throw new WorkloadError(problems.join("\n"));
  }
  return loaded;
}

/**
 * Checks a whole folder, for callers that add problems of their own.
 *
 * @throws WorkloadError with the existing workloads, if it is not one of them
 */
export function inspectFolder(name: string, folder = WORKLOADS_FOLDER): InspectedFolder {
  const read = inspectWorkload(name, folder);
  const problems = [
    ...read.problems,
    ...trainingSetFileProblems(name, folder),
    ...modelCodeProblems(name, folder),
  ];
  return problems.length > 0 || read.workload === undefined
    ? { problems }
    : {
        loaded: {
          workload: read.workload,
          trainingSetPath: join(folder, name, TRAINING_SET_MODULE),
        },
        problems,
      };
}
