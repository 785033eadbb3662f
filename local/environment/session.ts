import * as fs from "node:fs";

/** Environment variable of every process of a run, also of those in sessions of their own. */
export const RUN_MARKER = "STREAMING_ML_RUN";

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
}

/** Kills what is left of the process group of a detached child. */
export function killGroup(leader: number): void {
  kill(-leader);
}

/**
 * Processes that have the marker of the run in their environment.
 *
 * Looking for what they inherited, never for a name, spares the processes of other runs. Without
 * `/proc` the result is empty, and only process groups are killed.
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

/** Kills what is left of a run. */
export function killRun(runDirectory: string): void {
  processesOfRun(runDirectory).forEach(kill);
}
