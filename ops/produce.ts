import { SingleBar, Presets } from "cli-progress";
import { Command, InvalidArgumentError, Option } from "commander";
import { createReadStream } from "node:fs";

import { createEventValidator } from "../contracts/eventValidator";
import { createKinesisClient, produce, ProducerError } from "../contracts/producer";
import { Failure } from "./failure";
import { readLines } from "./lines";
import { toRecords } from "./producerInput";
import { openStack, type StackReference } from "./stack";

interface ProduceOptions extends StackReference {
  readonly file?: string;
  readonly rate?: number;
  readonly validate?: boolean;
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0)) {
    throw new InvalidArgumentError("It must be a number of records per second above 0.");
  }
  return rate;
}

async function run({ file, rate, validate, ...reference }: ProduceOptions): Promise<void> {
  const outputs = await openStack(reference);
  if (outputs.events === undefined) {
    throw new Failure(
      `Stack "${reference.stack}" does not say which events it takes. Run pulumi up on it with this release first.`,
    );
  }
  const { contract } = outputs.events;
  const input = file === undefined || file === "-" ? process.stdin : createReadStream(file);
  // The bar goes to standard error, and only to a terminal: standard output stays for the result.
  const bar = new SingleBar(
    { format: "{value} records sent, {duration_formatted}", stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(0, 0);
  let sent = 0;
  const onProgress = (count: number): void => {
    sent = count;
    bar.update(count);
  };
  try {
    const check = validate ? createEventValidator(contract) : undefined;
    const records = toRecords(readLines(input), contract, check);
    const receipts = produce(records, {
      streamName: outputs.stream.name,
      client: createKinesisClient({ region: outputs.region }),
      ratePerSecond: rate,
      onProgress,
    });
    while (!(await receipts.next()).done);
  } finally {
    bar.stop();
    console.log(`${sent} records are in the stream ${outputs.stream.name}.`);
  }
}

new Command("produce")
  .description(
    "Puts events on a stack's stream: one JSON object a line, as its contract says (docs/events.md)",
  )
  .requiredOption("-s, --stack <stack>", "stack whose stream to write to, for example dev")
  .option("-f, --file <path>", "file of events; absent or -: standard input")
  .option("-r, --rate <records>", "most records per second; absent: as fast as possible", parseRate)
  .option("--validate", "hold every event to the contract, as the job does, before it is sent")
  .addOption(
    new Option("--project-directory <folder>", "folder of the Pulumi.yaml to use").env(
      "STREAMING_ML_PROJECT_DIRECTORY",
    ),
  )
  .action(run)
  .parseAsync()
  .catch((error: Error) => {
    const expected = error instanceof Failure || error instanceof ProducerError;
    console.error(expected ? error.message : (error.stack ?? error.message));
    process.exitCode = 1;
  });
