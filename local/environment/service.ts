import { ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { killGroup } from "./session";

const READY_LINE = /^Listening on (http:\/\/127\.0\.0\.1:\d+)/m;
const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 10_000;
const TAIL_LINES = 8;

export interface ServiceDefinition {
  /** Name in errors, and of the log file. */
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly logDirectory: string;
}

/** The process of one stand-in, in a session of its own, with its output in a log. */
export class Service {
  private constructor(
    readonly name: string,
    readonly url: string,
    readonly logPath: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts the process and waits until it prints its address.
   *
   * @throws Error with the name, the reason, the log and its last lines
   */
  static async start(definition: ServiceDefinition): Promise<Service> {
    fs.mkdirSync(definition.logDirectory, { recursive: true });
    const logPath = path.join(definition.logDirectory, `${definition.name}.log`);
    const log = fs.openSync(logPath, "a");
    const child = spawn(definition.command, definition.arguments, {
      cwd: definition.workingDirectory,
      env: definition.environment,
      // The process notices by this pipe when its parent ends, and then ends, too.
      stdio: ["pipe", log, log],
      detached: true,
    });
    fs.closeSync(log);
    try {
      const url = await readyUrl(child, logPath);
      return new Service(definition.name, url, logPath, child);
    } catch (error) {
      if (child.pid !== undefined) {
        killGroup(child.pid);
      }
      throw new Error(
        `The stand-in "${definition.name}" did not start: ${(error as Error).message}. ` +
          `Its log is ${path.relative(process.cwd(), logPath)}; the last lines are:\n${tail(logPath)}`,
        { cause: error },
      );
    }
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Calls back once if the process ends without having been stopped. */
  onUnexpectedExit(callback: (reason: string) => void): void {
    this.child.once("exit", (code, signal) => {
      if (!this.stopping) {
        callback(
          `The stand-in "${this.name}" ended with ${signal ?? `exit code ${code}`}. ` +
            `Its log is ${path.relative(process.cwd(), this.logPath)}.`,
        );
      }
    });
  }

  private stopping = false;

  /** Stops the process, and kills what is left of its process group. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.isRunning) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGTERM");
      await Promise.race([ended, delay(STOP_MILLISECONDS)]);
    }
    killGroup(this.pid);
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function readyUrl(child: ChildProcess, logPath: string): Promise<string> {
  let failure: string | undefined;
  child.once("error", (error) => (failure = error.message));
  child.once(
    "exit",
    (code, signal) => (failure = `it ended with ${signal ?? `exit code ${code}`}`),
  );
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline) {
    // The log of an earlier start in the same folder has an older line; the last one counts.
    const text = fs.readFileSync(logPath, "utf8");
    const ready = [...text.matchAll(new RegExp(READY_LINE, "gm"))].at(-1);
    if (ready !== undefined && failure === undefined) {
      return ready[1];
    }
    if (failure !== undefined) {
      throw new Error(failure);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it printed no address within ${START_MILLISECONDS / 1000} seconds`);
}

function tail(logPath: string): string {
  return fs.readFileSync(logPath, "utf8").trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
}
