import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import * as path from "node:path";
import { createInterface, type Interface } from "node:readline";

import { repositoryRoot } from "../tools/paths";

/** A Python process of the benchmark that answers in lines. */
export class ServingProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterableIterator<string>,
    private readonly reader: Interface,
    private readonly name: string,
  ) {}

  /** @param logDirectory where standard error goes, to `<name>.log` */
  static start(name: string, commandArguments: string[], logDirectory: string): ServingProcess {
    const python = path.join(repositoryRoot, ".local", "venv", "bin", "python");
    const child = spawn(python, commandArguments, {
      cwd: repositoryRoot,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
      stdio: ["pipe", "pipe", openSync(path.join(logDirectory, `${name}.log`), "a")],
    });
    const reader = createInterface({ input: child.stdout! });
    return new ServingProcess(child, reader[Symbol.asyncIterator](), reader, name);
  }

  /** @throws Error when the process ends instead */
  async nextLine(): Promise<string> {
    const line = await this.lines.next();
    if (line.done === true) {
      throw new Error(`The process ${this.name} ended before it answered; see ${this.name}.log.`);
    }
    return line.value;
  }

  /** The address in the line that says where the process listens. */
  async listening(): Promise<string> {
    const line = await this.nextLine();
    return line.replace("Listening on ", "");
  }

  async ask(request: unknown): Promise<unknown> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(await this.nextLine());
  }

  async stop(): Promise<void> {
    const ended = this.child.exitCode === null ? once(this.child, "exit") : undefined;
    this.child.kill("SIGTERM");
    await ended;
    this.reader.close();
  }
}
