import * as fs from "node:fs";
import * as path from "node:path";

import { inspectFolder } from "../../components/workload/loadWorkload";
import { MODEL_FILE } from "../../components/workload/modelFile";
import { fileProblems, SchemaError } from "../../contracts/schema/problem";
import { DATA_SET_FILE, type DataSet } from "../../contracts/workload/dataSet";
import { WORKLOADS_FOLDER } from "../../contracts/workload/names";
import { readDataSet } from "../../contracts/workload/readWorkload";
import { WorkloadError } from "../../contracts/workload/workloadError";
import { inLocal } from "../paths";
import { dataSetProblems } from "../setup/dataSets";
import { type TriedCode, tryCode } from "./tryCode";

/** The folders to check, and how the code is tried; for tests. */
export interface CheckedFolders {
  /** Holds the workloads' folders. @default `workloads/` of this repository */
  readonly workloads: string;
  /** Holds the data sets' folders. @default `.local/data` */
  readonly data: string;
  /** @default Python's check of it */
  readonly tryCode: (workload: string, data: string | undefined) => Promise<TriedCode>;
}

const FOLDERS: CheckedFolders = { workloads: WORKLOADS_FOLDER, data: inLocal("data"), tryCode };

/**
 * Looks for everything that is wrong with a workload: what its folder shows, its data set, and what its model does.
 *
 * @returns one line that says what was checked
 * @throws WorkloadError one message with all problems, or the existing workloads
 */
export async function checkWorkload(
  name: string,
  { workloads, data, tryCode }: CheckedFolders = FOLDERS,
): Promise<string> {
  const problems = [...inspectFolder(name, workloads).problems];
  const dataSet = dataSetOf(name, workloads);
  const ofData = dataSet === undefined ? [] : dataSetProblems(name, dataSet, path.join(data, name));
  if (ofData.length > 0) {
    problems.push(fileProblems(`workloads/${name}/${DATA_SET_FILE}`, "local-mode.md", ofData));
  }
  let tried = false;
  if (fs.existsSync(path.join(workloads, name, MODEL_FILE))) {
    const code = await tryCode(name, ofData.length > 0 ? undefined : path.join(data, name));
    const model = code.model.filter((one) => !problems.some((text) => text.includes(one)));
    problems.push(...codeProblems(name, { ...code, model }));
    tried = code.tried;
  }
  if (problems.length > 0) {
    throw new WorkloadError(
      `${problems.join("\n")}\ndocs/models.md, "When a workload folder is broken", says what to do about each.`,
    );
  }
  return summary(name, dataSet, tried);
}

/** @returns undefined also where the file cannot be read, which was reported already */
function dataSetOf(name: string, workloads: string): DataSet | undefined {
  try {
    return readDataSet(name, workloads);
  } catch (error) {
    if (error instanceof SchemaError) {
      return undefined;
    }
    throw error;
  }
}

function codeProblems(name: string, { model, trainingSet }: TriedCode): string[] {
  const listed = (file: string, page: string, problems: readonly string[]) =>
    problems.length === 0 ? [] : [fileProblems(`workloads/${name}/${file}`, page, problems)];
  return [
    ...listed(MODEL_FILE, "models.md", model),
    ...listed("demo/training_set.py", "local-mode.md", trainingSet),
  ];
}

function summary(name: string, dataSet: DataSet | undefined, tried: boolean): string {
  const looked = `workloads/${name} is complete: its files are valid, its model has every required member`;
  if (!tried) {
    return `${looked}; it was not tried, because there is no demo/training_set.py. The training job tries it before it trains.`;
  }
  return `${looked}, and was tried with ${dataSet?.title ?? "the training set of its demo"}.`;
}
