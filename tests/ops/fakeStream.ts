import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface PutRecords {
  readonly Records: { readonly Data: string; readonly PartitionKey: string }[];
}

/** Kinesis and STS as `produce` meets them: it refuses a whole call for one record that is too large. */
export class FakeStream {
  /** What lies in the stream, in order. */
  readonly records: Buffer[] = [];
  private readonly server: Server;

  constructor(private readonly recordKib: number) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const target = request.headers["x-amz-target"] as string | undefined;
        const body = Buffer.concat(parts).toString();
        const [status, answer] = target === undefined ? [200, IDENTITY] : this.answer(target, body);
        response.writeHead(status, {
          "content-type": target === undefined ? "text/xml" : "application/x-amz-json-1.1",
        });
        response.end(answer);
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(target: string, body: string): [number, string] {
    if (target.endsWith(".DescribeStreamSummary")) {
      const summary = { StreamName: "events-1", MaxRecordSizeInKiB: this.recordKib };
      return [200, JSON.stringify({ StreamDescriptionSummary: summary })];
    }
    const entries = (JSON.parse(body) as PutRecords).Records;
    const data = entries.map(({ Data }) => Buffer.from(Data, "base64"));
    const isLarge = data.some(
      (bytes, index) =>
        bytes.length + Buffer.byteLength(entries[index].PartitionKey) > this.recordKib * 1024,
    );
    if (isLarge) {
      return [400, JSON.stringify({ __type: "ValidationException", message: "Too large." })];
    }
    this.records.push(...data);
    const Records = data.map((_bytes, index) => ({ SequenceNumber: `${index}`, ShardId: "s" }));
    return [200, JSON.stringify({ FailedRecordCount: 0, Records })];
  }
}

const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
