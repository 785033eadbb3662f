import type { ExecutionRecord } from "../execution/exchange";

/** One line of the log. It never contains a body or the value of a key. */
export interface AccessLogEntry extends ExecutionRecord {
  readonly requestId: string;
  /** RFC 3339. */
  readonly requestTime: string;
  readonly ip?: string;
  readonly httpMethod: string;
  readonly path: string;
  /** Operation of API Gateway's API; absent for a request to a stage. */
  readonly operation?: string;
  readonly status: number;
  readonly responseLength: number;
  readonly responseMilliseconds: number;
}

/** Writes JSON Lines. */
export class AccessLog {
  /** @param stream not standard output, which is left to the line that says where the gateway listens */
  constructor(private readonly stream: NodeJS.WritableStream) {}

  write(entry: AccessLogEntry): void {
    this.stream.write(`${JSON.stringify(entry)}
`);
  }
}
