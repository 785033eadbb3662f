import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "../../local/engine/repository";

/** moto on a free port, ended by its process id. */
export class Emulator {
  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Emulator> {
    const executable = join(REPOSITORY, ".local", "venv", "bin", "moto_server");
    const server = spawn(executable, ["-H", "127.0.0.1", "-p", "0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const url = await new Promise<string>((resolve, reject) => {
      let text = "";
      const read = (chunk: Buffer): void => {
        text += chunk.toString();
        const [, found] = /Running on (http:\S+)/.exec(text) ?? [];
        if (found !== undefined) {
          resolve(found);
        }
      };
      server.stdout.on("data", read);
      server.stderr.on("data", read);
      server.once("error", reject);
      server.once("exit", () => reject(new Error(`moto ended before it answered: ${text}`)));
    });
    return new Emulator(server, url);
  }

  async stop(): Promise<void> {
    if (this.server.exitCode === null && this.server.signalCode === null) {
      const ended = new Promise((resolve) => this.server.once("exit", resolve));
      this.server.kill("SIGTERM");
      await ended;
    }
  }
}
