import * as fs from "node:fs";

/** Carried by every process of a run, its grandchildren in sessions of their own included. */
export const RUN_MARKER = "STREAMING_ML_RUN";

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
}

/** Ends at once whatever is left of the process group that a detached child leads. */
export function killGroup(leader: number): void {
  kill(-leader);
}

/**
 * Processes that carry the run's marker in their environment.
 *
 * Finding them by what they inherited, never by name, leaves another copy of the same service
 * alone. Where there is no `/proc` the answer is empty and the process groups have to do.
 */
export function processesOfRun(runDirectory: string): number[] {
  if (!fs.existsSync("/proc/self/environ")) {
    return [];
  }
  const marker = `${RUN_MARKER}=${runDirectory}`;
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(marker);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Ends at once whatever is left of a run. */
export function killRun(runDirectory: string): void {
  processesOfRun(runDirectory).forEach(kill);
}
