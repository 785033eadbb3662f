/**
 * Finds and ends every process of a session.
 *
 * Language host and plugins of the engine lead process groups of their own and outlive it when it is
 * killed, but they stay in the session of the process that was spawned detached.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Process ids in the session that `leader` was spawned to lead, without ones that have ended. */
export function sessionMembers(leader: number): number[] {
  return existsSync("/proc/self/stat") ? membersFromProc(leader) : descendantsFromPs(leader);
}

/** Sends a signal to every process of a session; ones that end meanwhile are passed over. */
export function signalSession(leader: number, signal: NodeJS.Signals): void {
  for (const pid of sessionMembers(leader)) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
        throw error;
      }
    }
  }
}

function membersFromProc(leader: number): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const { state, session } = statistics(pid);
      return session === leader && state !== "Z";
    });
}

/** State and session id of a process; the command name before them may hold spaces and brackets. */
function statistics(pid: number): { state?: string; session?: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, , , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, session: Number(session) };
  } catch {
    return {};
  }
}

/** Where there is no /proc: the tree below the leader, which must still be alive. */
function descendantsFromPs(leader: number): number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const members = new Set([leader]);
  for (let grown = true; grown;) {
    const before = members.size;
    rows.filter(([, parent]) => members.has(parent)).forEach(([pid]) => members.add(pid));
    grown = members.size > before;
  }
  return rows.map(([pid]) => pid).filter((pid) => members.has(pid));
}
