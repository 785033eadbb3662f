import { Command, InvalidArgumentError } from "commander";

import { messageOf, note, print } from "../../tools/terminal";
import { startGateway } from "./gateway";
import { AccessLog } from "./http/accessLog";

interface Options {
  readonly port: number;
  readonly exitWithParent?: true;
}

/** Milliseconds that requests in flight get to end after a signal to stop. */
const DRAIN_MILLISECONDS = 30_000;

async function main(): Promise<void> {
  const options = new Command("gateway")
    .description("Stand-in for API Gateway: its API and deployed stages of REST APIs")
    .option("--port <number>", "port to listen on; 0 takes a free one", parsePort, 0)
    .option("--exit-with-parent", "stop when standard input ends")
    .parse()
    .opts<Options>();
  const log = new AccessLog(process.stderr);
  const gateway = await startGateway({ port: options.port, log, environment: process.env });
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    setTimeout(() => process.exit(0), DRAIN_MILLISECONDS).unref();
    void gateway.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (options.exitWithParent) {
    process.stdin.on("end", stop).on("error", stop).resume();
  }
  print(`Listening on ${gateway.url}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
  }
  return port;
}

main().catch((error: unknown) => {
  note(messageOf(error));
  process.exit(1);
});
