import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type FileHandle, open, unlink } from "node:fs/promises";

/** How often to look for new events, in milliseconds. */
const POLL_MILLISECONDS = 100;

/**
 * Reads the engine's event log (one JSON object per line) while the engine writes it.
 *
 * The file loses its name as soon as the engine has begun to write: its debug events hold secrets in
 * clear text, and a file without a name is gone with the processes that hold it, however they end.
 */
export class EventLog {
  private file?: FileHandle;
  private offset = 0;
  private rest = "";
  private timer?: NodeJS.Timeout;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly onEvent: (event: EngineEvent) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.reading = this.reading.then(() => this.readOn());
    }, POLL_MILLISECONDS);
  }

  /** Reads what is left, after the engine has ended. */
  async finish(): Promise<void> {
    clearInterval(this.timer);
    await this.reading;
    await this.readOn();
    await this.file?.close();
  }

  private async readOn(): Promise<void> {
    this.file ??= await this.takeFile();
    if (this.file === undefined) {
      return;
    }
    const { size } = await this.file.stat();
    const chunk = Buffer.alloc(Math.max(0, size - this.offset));
    const { bytesRead } = await this.file.read(chunk, 0, chunk.length, this.offset);
    this.offset += bytesRead;
    const lines = (this.rest + chunk.toString("latin1", 0, bytesRead)).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines.filter((text) => text.trim() !== "")) {
      // Split as bytes, decoded per line: a character may straddle two reads.
      this.onEvent(JSON.parse(Buffer.from(line, "latin1").toString("utf8")) as EngineEvent);
    }
  }

  /** The file, once the engine has opened it, which the first bytes in it prove. */
  private async takeFile(): Promise<FileHandle | undefined> {
    const file = await open(this.path).catch(() => undefined);
    if (file !== undefined && (await file.stat()).size > 0) {
      await unlink(this.path);
      return file;
    }
    await file?.close();
    return undefined;
  }
}
