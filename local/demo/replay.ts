import * as fs from "node:fs";
import { finished } from "node:stream/promises";

import { createKinesisClient, produce } from "../../contracts/producer";
import { LocalRun } from "../run/localRun";
import { DemoRecord } from "./records";
import { clientSettings } from "./storage";

/** How a replay runs and where it writes what it sent. */
export interface ReplayOptions {
  /** Records per second. */
  readonly rate: number;
  /** Gets one more JSON line per record: its identity on the stream and the verdict it must get. */
  readonly sentFile: string;
  readonly show: (line: string) => void;
}

/** Sends the records in order through the producer that other teams use. */
export async function replay(
  run: LocalRun,
  streamName: string,
  records: readonly DemoRecord[],
  options: ReplayOptions,
): Promise<void> {
  const manifest = fs.createWriteStream(options.sentFile, { flags: "a" });
  const receipts = produce(records, {
    streamName,
    client: createKinesisClient(clientSettings(run.variables, "AWS_ENDPOINT_URL"), run.variables),
    ratePerSecond: options.rate,
    onProgress: (sent) => options.show(`${sent} of ${records.length} records are on the stream`),
  });
  let index = 0;
  for await (const { sequenceNumber } of receipts) {
    const { partitionKey, identity, expected, reasonField, label } = records[index++];
    const sent = { partitionKey, sequenceNumber, identity, expected, reasonField, label };
    manifest.write(`${JSON.stringify(sent)}\n`);
  }
  manifest.end();
  await finished(manifest);
}
