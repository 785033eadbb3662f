import * as path from "node:path";

import type { Outcome } from "../../../tools/drill/drill";
import { fuzz } from "./fuzz";
import { beHostile } from "./hostile";
import { ServedApi } from "./servedApi";

const FUZZED_REQUESTS = 2000;

const DRILLS: Readonly<Record<string, (served: ServedApi) => Promise<Outcome>>> = {
  fuzz: ({ api, runDirectory }) => fuzz(api, path.join(runDirectory, "fuzz"), FUZZED_REQUESTS),
  hostile: ({ api }) => beHostile(api, { crowd: 500, slowClients: 200, outwaitSlowClients: true }),
};

/** `main.ts fuzz|hostile`: one drill in its long form; prints its outcome as the last line. */
async function main(): Promise<void> {
  const drill = DRILLS[process.argv[2]];
  if (drill === undefined) {
    throw new Error(`Name one of ${Object.keys(DRILLS).join(", ")}. Received: ${process.argv[2]}.`);
  }
  console.log("Starting the services and deploying an untrained model behind the API");
  const served = await ServedApi.start(`drill-${process.argv[2]}`);
  let outcome: Outcome;
  try {
    console.log("The API answers; now it gets what it does not deserve");
    outcome = await drill(served);
  } finally {
    await served.stop();
  }
  console.log(JSON.stringify(outcome));
  process.exitCode = outcome.complaints.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
