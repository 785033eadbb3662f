import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { compilePredictionSchema } from "../contracts/prediction/compile";
import { WORKLOADS_FOLDER } from "../contracts/workload/names";
import { NAME, readWorkload } from "../contracts/workload/readWorkload";
import { Failure } from "./failure";
import { filesOfTemplate, TEMPLATE_FOLDER, type WorkloadFile } from "./workloadTemplate";

const PREDICTION_SCHEMA = "prediction.schema.json";

/** Python's words that {@link NAME} would let pass; `import workloads.class` is no Python. */
const PYTHON_WORDS = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/**
 * Writes a whole workload that runs as it is: all of its files, or none.
 *
 * @param folder that holds the workloads' folders. @default `workloads/` of this repository
 * @param template the folder that is copied
 * @returns what was written, relative to the workload's folder, sorted
 * @throws Failure where the name cannot be one, or is taken
 */
export async function newWorkload(
  name: string,
  folder = WORKLOADS_FOLDER,
  template = TEMPLATE_FOLDER,
): Promise<string[]> {
  const problem = nameProblem(name, folder);
  if (problem !== undefined) {
    throw new Failure(problem);
  }
  const files = await withTypes(name, filesOfTemplate(name, template));
  // One folder deeper than workloads are: nobody takes what is not whole yet for one. Beside them, because a folder
  // is renamed within one file system only. Nothing waits from here on, so that Ctrl-C leaves nothing either.
  const draft = mkdtempSync(join(folder, ".new-workload-"));
  try {
    for (const { path, text } of files) {
      const file = join(draft, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    readWorkload(name, draft);
    renameSync(join(draft, name), join(folder, name));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return files.map(({ path }) => path);
}

/** Why a workload cannot be named so; undefined where it can. */
export function nameProblem(name: string, folder = WORKLOADS_FOLDER): string | undefined {
  const otherName = "Choose another name.";
  if (!NAME.test(name)) {
    return (
      "A workload's name must be lower-case letters, digits and _, a letter first, at most 40 of them: Python imports " +
      `it. Received: ${JSON.stringify(name)}. ${otherName}`
    );
  }
  if (PYTHON_WORDS.has(name)) {
    return `A workload cannot be named ${name}: Python imports it, and the word means something else there. ${otherName}`;
  }
  // A module beside the folders has its name in Python, too.
  const taken = [name, `${name}.py`].find((entry) => existsSync(join(folder, entry)));
  return taken === undefined ? undefined : `workloads/${taken} is there already. ${otherName}`;
}

/** What to do with a workload that was just written. */
export function nextSteps(name: string, files: readonly string[]): string {
  return [
    `Wrote workloads/${name}, ${files.length} files: a whole workload, with events that are invented and a model of them.`,
    `  try its tests          make setup && .local/venv/bin/python -m pytest workloads/${name}`,
    `  run the whole chain    make demo WORKLOAD=${name}`,
    `  make it yours          workloads/${name}/README.md says what to change first, docs/workloads.md shows how`,
    `  check a change         npm run ops -- check-workload ${name}`,
    `  deploy it              streaming-ml:workload: ${name} in the stack's file, then pulumi up`,
  ].join("\n");
}

/** The files, and the types of the API that they describe, as `make documentation` would write them. */
async function withTypes(name: string, files: readonly WorkloadFile[]): Promise<WorkloadFile[]> {
  const schema = files.find(({ path }) => path === PREDICTION_SCHEMA);
  if (schema === undefined) {
    return [...files];
  }
  // Loaded here alone: it is made of packages for development, which operating a stack does not need.
  const { predictionTypes } = createRequire(__filename)(
    "../tools/documentation/predictionTypes",
  ) as typeof import("../tools/documentation/predictionTypes");
  const file = `workloads/${name}/${PREDICTION_SCHEMA}`;
  const text = await predictionTypes(name, compilePredictionSchema(name, file, schema.text));
  return [...files, { path: "predictionApi.ts", text }].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
}
