import { join } from "node:path";

import { TRAINING_SET_MODULE, WORKLOADS_FOLDER } from "../../contracts/workload/names";
import { inspectWorkload, WorkloadError } from "../../contracts/workload/readWorkload";
import type { Workload } from "../../contracts/workload/workload";
import { modelCodeProblems } from "./modelFile";
import { trainingSetFileProblems } from "./trainingSet";

/** A workload whose whole folder was looked at. */
export interface LoadedWorkload {
  readonly workload: Workload;
  /** Absolute path of its `training_set.py`. */
  readonly trainingSetPath: string;
}

/** What a look at a folder came to. */
export interface InspectedFolder {
  /** Absent where there are problems. */
  readonly loaded?: LoadedWorkload;
  /** One text for each file that has any. */
  readonly problems: readonly string[];
}

/**
 * Reads a workload of this repository: what its files say, and whether its code is there and may run where it is to.
 *
 * @param folder that holds the workloads' folders. @default `workloads/` of this repository
 * @throws WorkloadError one message with everything that is wrong in the folder, or the workloads there are
 */
export function loadWorkload(name: string, folder = WORKLOADS_FOLDER): LoadedWorkload {
  const { loaded, problems } = inspectFolder(name, folder);
  if (loaded === undefined) {
    throw new WorkloadError(problems.join("\n"));
  }
  return loaded;
}

/**
 * Looks at a whole folder for whoever has more to say of it.
 *
 * @throws WorkloadError that lists the workloads there are: it is none of them
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
