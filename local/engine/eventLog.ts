import type { EngineEvent } from "@pulumi/pulumi/automation";
import { open } from "node:fs/promises";

/** How often to look for new events, in milliseconds. */
const POLL_MILLISECONDS = 100;

/** Reads the engine's event log (one JSON object per line) while the engine writes it. */
export class EventLog {
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
  }

  private async readOn(): Promise<void> {
    const file = await open(this.path).catch(() => undefined);
    if (file === undefined) {
      return;
    }
    try {
      const { size } = await file.stat();
      const chunk = Buffer.alloc(Math.max(0, size - this.offset));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, this.offset);
      this.offset += bytesRead;
      const lines = (this.rest + chunk.toString("latin1", 0, bytesRead)).split("\n");
      this.rest = lines.pop() ?? "";
      for (const line of lines.filter((text) => text.trim() !== "")) {
        // Split as bytes, decoded per line: a character may straddle two reads.
        this.onEvent(JSON.parse(Buffer.from(line, "latin1").toString("utf8")) as EngineEvent);
      }
    } finally {
      await file.close();
    }
  }
}
