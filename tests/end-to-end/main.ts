/**
 * The end-to-end tests on a workload that `npm run ops -- new-workload` has just written, in a copy of the repository:
 * `node -r tsx/cjs tests/end-to-end/main.ts [SPEC ...]`, all of them by default.
 *
 * On a workload of this repository they run with `WORKLOAD=NAME npx mocha --config tests/end-to-end/.mocharc.json SPEC`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { onInterrupt } from "../../tools/progress";
import { followGuide, GUIDE_WORKLOAD } from "../documentation/guideFiles";
import { RepositoryCopy } from "./repositoryCopy";

const WORKLOAD = "generated_workload";

const PYTEST = [
  ".local/venv/bin/python",
  "-m",
  "pytest",
  "--durations=10",
  `workloads/${WORKLOAD}`,
];

const mocha = (...specs: readonly string[]): string[] => [
  process.execPath,
  "node_modules/mocha/bin/mocha.js",
  ...["--config", "tests/end-to-end/.mocharc.json"],
  ...specs,
];

/** About half of the time: they run beside all others, for each waits for its own services often enough. */
const ASIDE = ["tests/end-to-end/jobUpgrade.spec.ts", "tests/end-to-end/deployment.spec.ts"];

const LANES = [
  [PYTEST, mocha("tests/end-to-end/**/*.spec.ts", ...ASIDE.flatMap((spec) => ["--ignore", spec]))],
  [mocha(...ASIDE)],
];

/** By `make test WORKLOAD=...` they would be set for another workload. */
const environment = { ...process.env, WORKLOAD, EVENTS: "" };

const node = [process.execPath, "-r", "tsx/cjs"];

const operations = ["npm", "run", "--silent", "ops", "--"];

const running = new Set<ChildProcess>();

/** Runs a command in the copy, and shows what it prints line by line. @returns whether it succeeded */
function succeeds(copy: RepositoryCopy, command: readonly string[]): Promise<boolean> {
  const [program, ...rest] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: copy.folder,
      env: environment,
      stdio: ["inherit", "pipe", "pipe"],
    });
    running.add(child);
    createInterface(child.stdout).on("line", (line) => console.log(line));
    createInterface(child.stderr).on("line", (line) => console.error(line));
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve(code === 0);
    });
  });
}

/** Makes the workload of docs/workloads.md, of its text alone, and tries its model. */
async function guideHolds(copy: RepositoryCopy): Promise<boolean> {
  if (!(await succeeds(copy, [...operations, "new-workload", GUIDE_WORKLOAD]))) {
    return false;
  }
  followGuide(join(copy.folder, "workloads", GUIDE_WORKLOAD));
  return succeeds(copy, [...operations, "check-workload", GUIDE_WORKLOAD]);
}

/** Every suite runs even after one has failed, so that one run tells everything. */
async function follow(copy: RepositoryCopy, lane: readonly (readonly string[])[]): Promise<void> {
  for (const suite of lane) {
    if (!(await succeeds(copy, suite))) {
      process.exitCode = 1;
    }
  }
}

async function main(specs: readonly string[]): Promise<void> {
  const copy = RepositoryCopy.create();
  onInterrupt(() => {
    running.forEach((child) => child.kill("SIGKILL"));
    copy.remove();
  });
  try {
    const isThere =
      (await succeeds(copy, [...operations, "new-workload", WORKLOAD])) &&
      // What `make` does before each of its targets.
      (await succeeds(copy, [...node, "tools/setup/main.ts", "--workload", WORKLOAD]));
    if (!isThere) {
      process.exitCode = 1;
      return;
    }
    const lanes = specs.length > 0 ? [[PYTEST, mocha(...specs)]] : LANES;
    await Promise.all(lanes.map((lane) => follow(copy, lane)));
    // Last, so that nobody else has to do with one workload more.
    if (!(await guideHolds(copy))) {
      process.exitCode = 1;
    }
  } finally {
    copy.remove();
  }
}

void main(process.argv.slice(2));
