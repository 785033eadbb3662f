/** Runs one engine operation as a process of its own session and leaves none of it behind. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

import { EventLog } from "./eventLog";
import { signalSession } from "./processSession";

/** Time the engine gets to stop by itself before everything of it is killed, in milliseconds. */
const GRACE_MILLISECONDS = 10_000;

/** What to run. */
export interface EngineCommand {
  readonly executable: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** File that receives the console text. */
  readonly logPath: string;
  /** File the engine writes its events to; without one no events are read. */
  readonly eventPath?: string;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Stops the operation: gracefully first, then by force. */
  readonly signal?: AbortSignal;
}

/** How it ended. */
export interface EngineExit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it had to be killed, which leaves the stack's lock behind. */
  readonly killed: boolean;
}

/** Runs the command to its end; afterwards no process of its session is alive. */
export async function runEngine(command: EngineCommand): Promise<EngineExit> {
  command.signal?.throwIfAborted();
  const args = command.eventPath
    ? [...command.args, "--event-log", command.eventPath]
    : [...command.args];
  const child = spawn(command.executable, args, {
    cwd: command.workingDirectory,
    env: { ...command.environment },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const events =
    command.eventPath && command.onEvent && new EventLog(command.eventPath, command.onEvent);
  const stopper = stopOnAbort(child, command.signal);
  const sweep = (): void => signalSession(child.pid ?? -1, "SIGKILL");
  process.once("exit", sweep);
  if (events) {
    events.start();
  }
  try {
    const [code, stdout, stderr] = await collect(child, command.logPath);
    return { code, stdout, stderr, killed: stopper.killed() };
  } finally {
    stopper.dispose();
    process.removeListener("exit", sweep);
    sweep();
    if (events) {
      await events.finish();
    }
  }
}

async function collect(
  child: ChildProcess,
  logPath: string,
): Promise<[number | null, string, string]> {
  const log = createWriteStream(logPath, { flags: "a" });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8");
    child[name]?.on("data", (chunk: string) => {
      texts[name] += chunk;
      log.write(chunk);
    });
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      // Not "close": a plugin that outlives the engine holds the pipes open.
      child.once("exit", (exitCode) => setImmediate(() => resolve(exitCode)));
    });
    return [code, texts.stdout, texts.stderr];
  } finally {
    log.end();
    await finished(log);
  }
}

interface Stopper {
  killed(): boolean;
  dispose(): void;
}

function stopOnAbort(child: ChildProcess, signal: AbortSignal | undefined): Stopper {
  let killed = false;
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    child.kill("SIGINT");
    timer = setTimeout(() => {
      killed = true;
      signalSession(child.pid ?? -1, "SIGKILL");
    }, GRACE_MILLISECONDS);
  };
  signal?.addEventListener("abort", abort, { once: true });
  return {
    killed: () => killed,
    dispose: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
