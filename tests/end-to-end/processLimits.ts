import * as fs from "node:fs";

/** Ids of processes, by whether they may write their memory to a disk when they die. */
export interface ProcessesThatDump {
  readonly dumping: readonly number[];
  readonly forbidden: readonly number[];
}

/**
 * Looks at the streaming job's processes among those of a run: the virtual machine and the Python process that is its
 * driver. Nothing is found where there is no `/proc`.
 */
export function processesThatDump(processIds: readonly number[]): ProcessesThatDump {
  const ofJob = processIds.filter((id) => read(id, "cmdline").includes("streaming_job"));
  const may = (id: number): boolean => !/^Max core file size\s+0\s+0\s/m.test(read(id, "limits"));
  return {
    dumping: ofJob.filter(may),
    forbidden: ofJob.filter((id) => !may(id)),
  };
}

/** Nothing for a process that has ended. */
function read(id: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return "";
  }
}
