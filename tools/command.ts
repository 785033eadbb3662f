import { ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Maximum number of a log's last lines that an error repeats. */
const TAIL_LINES = 12;

export interface CommandOptions {
  /** File that receives everything the command prints. */
  readonly logPath: string;
  readonly cwd?: string;
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives each non-empty output line, for the progress display. */
  readonly onLine?: (line: string) => void;
  /** Name of the command in messages. @default the command with its arguments */
  readonly calledInMessages?: string;
  /** After this long the command and its children are ended. @default no limit */
  readonly timeoutSeconds?: number;
}

/** Time a command gets to clean up after SIGTERM before it is killed. */
const GRACE_MILLISECONDS = 30_000;

const running = new Set<number>();

/** Ends what is still running, with its children, when setup itself is interrupted. */
export function stopRunningCommands(): void {
  for (const pid of running) {
    signalGroup(pid, "SIGTERM");
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended in between.
  }
}

/** Ends the command when its time is over; the returned function says whether that has happened. */
function limitTime(child: ChildProcess, seconds: number | undefined): () => boolean {
  let over = false;
  if (seconds !== undefined) {
    const end = setTimeout(() => {
      over = true;
      signalGroup(child.pid as number, "SIGTERM");
      const kill = setTimeout(
        () => signalGroup(child.pid as number, "SIGKILL"),
        GRACE_MILLISECONDS,
      );
      child.once("close", () => clearTimeout(kill));
    }, seconds * 1000);
    child.once("close", () => clearTimeout(end));
    child.once("error", () => clearTimeout(end));
  }
  return () => over;
}

/**
 * Runs one command to its end with all output in a log.
 *
 * @returns what it printed on standard output
 * @throws Error whose message holds the command, its exit code, the log's path and the log's tail.
 */
export function runCommand(
  command: string,
  commandArguments: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { logPath } = options;
  fs.mkdirSync(path.dirname(logPath), { recursive: true });
  const log = fs.createWriteStream(logPath);
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (child.pid !== undefined) {
      running.add(child.pid);
    }
    const isOver = limitTime(child, options.timeoutSeconds);
    const lines: string[] = [];
    const receive = (chunk: Buffer): void => {
      log.write(chunk);
      for (const line of chunk.toString("utf8").split(/\r?\n/)) {
        if (line.trim() !== "") {
          lines.push(line);
          options.onLine?.(line.trim());
        }
      }
      lines.splice(0, Math.max(0, lines.length - TAIL_LINES));
    };
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      receive(chunk);
    });
    child.stderr.on("data", receive);
    child.on("error", (error) =>
      reject(new Error(`\`${command}\` could not be started: ${error.message}.`)),
    );
    child.on("close", (code, signal) => {
      if (child.pid !== undefined) {
        running.delete(child.pid);
      }
      const called = options.calledInMessages ?? [command, ...commandArguments].join(" ");
      const ending = isOver()
        ? `was ended after ${options.timeoutSeconds} seconds`
        : `ended with ${signal ?? `exit code ${code}`}`;
      // Not before the log is complete: its closing lines are read.
      log.end(() => {
        if (code === 0) {
          resolve(printed);
          return;
        }
        reject(
          new Error(
            `\`${called}\` ${ending}. Its log is ${path.relative(process.cwd(), logPath)}; ` +
              `the last lines are:\n${lines.join("\n")}`,
          ),
        );
      });
    });
  });
}
