import { setTimeout as sleep } from "node:timers/promises";

import { NoLines, readLines, textOf } from "../../contracts/lines";
import {
  createPredictionClient,
  type InstanceOf,
  type PredictionClient,
  PredictionError,
  type PredictionOf,
} from "../../contracts/predictionClient";
import type { paths } from "../../workloads/sentiment/predictionApi";

type Instance = InstanceOf<paths>;
type Prediction = PredictionOf<paths>;

/** Maximum number of instances that the API accepts in one request. */
const BATCH = 64;
const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 250;

/**
 * What the other team's service does: it reads instances from standard input, JSON Lines, and prints a prediction for
 * each, in the same order. It is configured by `serviceEnvironment` of `index.ts` and by its own key.
 */
async function main(): Promise<void> {
  const { API_URL: url, API_KEY: apiKey } = process.env;
  if (!url || !apiKey) {
    throw new Error("Set API_URL to the stack output streamingMl.api.url, and API_KEY to a key.");
  }
  const client = createPredictionClient<paths>({ url, apiKey });
  let batch: Instance[] = [];
  let lines = 0;
  for await (const line of readLines(process.stdin)) {
    lines += 1;
    if (line.toString().trim() === "") {
      continue;
    }
    batch.push(parseInstance(line, lines));
    if (batch.length === BATCH) {
      await print(client, batch);
      batch = [];
    }
  }
  if (batch.length > 0) {
    await print(client, batch);
  }
}

/** The API says what is wrong with an instance; here it only has to be JSON. */
function parseInstance(line: Buffer, number: number): Instance {
  try {
    return JSON.parse(textOf(line)) as Instance;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Line ${number} must hold one instance as JSON: ${reason}`, { cause: error });
  }
}

async function print(
  client: PredictionClient<paths>,
  instances: readonly Instance[],
): Promise<void> {
  const predictions = await predictWithRetries(client, instances);
  process.stdout.write(predictions.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

/** Retries while the API says that the error is temporary, each time after a longer pause. */
async function predictWithRetries(
  client: PredictionClient<paths>,
  instances: readonly Instance[],
): Promise<Prediction[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.predict(instances);
    } catch (error) {
      const isTemporary = error instanceof PredictionError && error.isTemporary;
      if (!isTemporary || attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1));
    }
  }
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof NoLines ? "Standard input " : ""}${message}\n`);
  process.exit(1);
});
