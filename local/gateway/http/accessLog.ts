import { createWriteStream, type WriteStream } from "node:fs";
import type { ExecutionRecord } from "../execution/exchange";

/** One request, as the log keeps it. Bodies and key values are never part of it. */
export interface AccessLogEntry extends ExecutionRecord {
  readonly requestId: string;
  /** RFC 3339. */
  readonly requestTime: string;
  readonly ip?: string;
  readonly httpMethod: string;
  readonly path: string;
  /** Operation of the control API; absent for a request to a stage. */
  readonly operation?: string;
  readonly status: number;
  readonly responseLength: number;
  readonly responseMilliseconds: number;
}

/** Writes JSON Lines. */
export class AccessLog {
  private readonly stream: NodeJS.WritableStream;

  /** @param file a path, or `-` for standard error; standard output is left to the ready line */
  constructor(private readonly file: string) {
    this.stream = file === "-" ? process.stderr : createWriteStream(file, { flags: "a" });
  }

  write(entry: AccessLogEntry): void {
    this.stream.write(`${JSON.stringify(entry)}\n`);
  }

  async close(): Promise<void> {
    if (this.file !== "-") {
      await new Promise<void>((resolve) => (this.stream as WriteStream).end(() => resolve()));
    }
  }
}
