import { Presets, SingleBar } from "cli-progress";
import { Command, InvalidArgumentError, Option } from "commander";
import { createReadStream } from "node:fs";
import { clearLine, cursorTo } from "node:readline";

import { createKinesisClient, ProducerError } from "../contracts/producer";
import { note, print } from "../tools/terminal";
import { describeError, Failure } from "./failure";
import { sendLines } from "./sendLines";
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
  const name = file === undefined || file === "-" ? "standard input" : file;
  const input = name === file ? bytesOf(file) : process.stdin;
  // The bar goes to standard error, and only to a terminal: standard output stays for the result.
  const bar = new SingleBar(
    { format: "{value} records sent, {duration_formatted}", stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(0, 0);
  let sent = 0;
  try {
    const unsent = await sendLines(input, {
      file: name,
      contract: outputs.events.contract,
      validate: validate === true,
      streamName: outputs.stream.name,
      client: createKinesisClient({ region: outputs.region }),
      ratePerSecond: rate,
      onProgress: (count) => {
        sent = count;
        bar.update(count);
      },
      report,
    });
    if (unsent > 0) {
      const lines = unsent === 1 ? "One line" : `${unsent} lines`;
      throw new Failure(`${lines} of ${name} could not be sent: see above.`);
    }
  } finally {
    bar.stop();
    print(`${sent} records are in the stream ${outputs.stream.name}.`);
  }
}

/** A file that cannot be opened fails whoever reads it, and not before somebody does. */
async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file) as AsyncIterable<Buffer>;
}

/** Takes the place of the bar, which comes again below with its next figure. */
function report(sentence: string): void {
  if (process.stderr.isTTY) {
    clearLine(process.stderr, 0);
    cursorTo(process.stderr, 0);
  }
  note(sentence);
}

new Command("produce")
  .description(
    "Puts events on a stack's stream: one JSON object a line, as its contract says (docs/events.md)",
  )
  .requiredOption("-s, --stack <stack>", "stack whose stream to write to, for example dev")
  .option("-f, --file <path>", "file of events; absent or -: standard input")
  .option("-r, --rate <records>", "most records per second; absent: as fast as possible", parseRate)
  .option(
    "--validate",
    "send only events that hold to the contract, as the job reads it, and name the others",
  )
  .addOption(
    new Option("--project-directory <folder>", "folder of the Pulumi.yaml to use").env(
      "STREAMING_ML_PROJECT_DIRECTORY",
    ),
  )
  .action(run)
  .parseAsync()
  .catch((error: Error) => {
    note(describeError(error, (one) => one instanceof ProducerError));
    process.exitCode = 1;
  });
