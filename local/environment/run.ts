import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal } from "../../tools/paths";
import { processesOfRun } from "./session";

const RUNS = inLocal("runs");
const KEPT_RUNS = 5;

/**
 * Creates a folder under `.local/runs` for everything that one run writes, so that two runs in one
 * clone share nothing. Old folders are removed, except those of runs that still have processes.
 */
export function createRunDirectory(purpose: string): string {
  fs.mkdirSync(RUNS, { recursive: true });
  removeOldRuns();
  const stamp = new Date().toISOString().replace(/[-:]/g, "").slice(0, 15);
  const directory = path.join(RUNS, `${stamp}-${purpose}-${process.pid}`);
  fs.mkdirSync(directory);
  return directory;
}

function removeOldRuns(): void {
  const directories = fs
    .readdirSync(RUNS)
    .map((name) => path.join(RUNS, name))
    // Another run may remove the same folders.
    .map((directory) => ({
      directory,
      changed: fs.statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((left, right) => right.changed - left.changed);
  for (const { directory } of directories.slice(KEPT_RUNS)) {
    if (processesOfRun(directory).length === 0 && !ownerLives(directory)) {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  }
}

/** Whether the process that created the folder still runs; its id is part of the name. */
function ownerLives(directory: string): boolean {
  try {
    process.kill(Number(directory.slice(directory.lastIndexOf("-") + 1)), 0);
    return true;
  } catch {
    return false;
  }
}
