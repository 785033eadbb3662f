import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { readEventContract } from "../event/workloads";
import { readPredictionContract } from "../prediction/workloads";
import { SchemaError } from "../schema/problem";
import { DATA_SET_FILE, type DataSet, parseDataSet } from "./dataSet";
import { WORKLOAD_FILE, workloadNames, WORKLOADS_FOLDER } from "./names";
import type { Workload } from "./workload";
import { WorkloadError } from "./workloadError";
import { parseWorkloadFile } from "./workloadFile";

/** Allowed names of a folder: Python imports it. */
export const NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** The content of a folder, and the problems with it. */
export interface ReadFolder {
  /** Absent where there are problems. */
  readonly workload?: Workload;
  /** One text for each file that has any. */
  readonly problems: readonly string[];
}

/**
 * Reads a workload of this repository: its `workload.json`, `prediction.schema.json` and `event.schema.json`,
 * and `demo/data.json` where there is one.
 *
 * @param folder that holds the workloads' folders. @default `workloads/` of this repository
 * @throws WorkloadError one message with everything that is wrong in these files, or the workloads there are
 */
export function readWorkload(name: string, folder = WORKLOADS_FOLDER): Workload {
  const { workload, problems } = inspectWorkload(name, folder);
  if (workload === undefined) {
    throw new WorkloadError(problems.join("\n"));
  }
  return workload;
}

/**
 * Reads the same files for callers that have further checks.
 *
 * @throws WorkloadError if there is no such workload; it lists all workloads
 */
export function inspectWorkload(name: string, folder = WORKLOADS_FOLDER): ReadFolder {
  const known = workloadNames(folder);
  if (!known.includes(name)) {
    throw new WorkloadError(
      `There is no workload ${JSON.stringify(name)}. A workload is a folder of workloads/ with a ${WORKLOAD_FILE}: ` +
        `${known.join(", ")}. Correct the name, or add the folder.`,
    );
  }
  const problems: string[] = [];
  const attempt = <Part>(read: () => Part): Part | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(problemOf(error));
      return undefined;
    }
  };
  if (!NAME.test(name)) {
    problems.push(
      `workloads/${name} must be named in lower-case letters, digits and _, a letter first, at most 40 of them: Python ` +
        "imports it. Rename the folder.",
    );
  }
  const about = attempt(() =>
    parseWorkloadFile(
      `workloads/${name}/${WORKLOAD_FILE}`,
      readFileSync(join(folder, name, WORKLOAD_FILE), "utf8"),
    ),
  );
  const prediction = attempt(() => readPredictionContract(name, folder));
  const event = attempt(() => readEventContract(name, folder));
  const dataSet = attempt(() => readDataSet(name, folder));
  if (problems.length > 0 || !about || !prediction || !event) {
    return { problems };
  }
  const workload = { name, ...about, prediction, event, ...(dataSet && { dataSet }) };
  return { workload, problems };
}

/**
 * Reads the data set of a workload's demo.
 *
 * @returns undefined where it has no `demo/data.json`: there is nothing to fetch
 * @throws SchemaError with everything in the file that is wrong
 */
export function readDataSet(name: string, folder = WORKLOADS_FOLDER): DataSet | undefined {
  const file = join(folder, name, DATA_SET_FILE);
  return existsSync(file)
    ? parseDataSet(`workloads/${name}/${DATA_SET_FILE}`, readFileSync(file, "utf8"))
    : undefined;
}

/** @throws errors that are not problems of a file */
function problemOf(error: unknown): string {
  if (error instanceof SchemaError) {
    return error.message;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" && path !== undefined) {
    return `workloads/${path.split("/").slice(-2).join("/")} is missing: every workload has one. Add it.`;
  }
  throw error;
}
