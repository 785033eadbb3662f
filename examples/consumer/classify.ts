import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createPredictionClient,
  PredictionError,
  type Prediction,
  type PredictionClient,
} from "../../contracts/predictionClient";

/** Most posts the API takes in one request. */
const BATCH = 64;
const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 250;

/**
 * What the other team's service does: it reads posts from standard input, one a line, and prints each
 * behind its label. It is configured by `serviceEnvironment` of `index.ts` and by its own key.
 */
async function main(): Promise<void> {
  const { API_URL: url, API_KEY: apiKey } = process.env;
  if (!url || !apiKey) {
    throw new Error("Set API_URL to the stack output streamingMl.api.url, and API_KEY to a key.");
  }
  const client = createPredictionClient({ url, apiKey });
  let batch: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") {
      continue;
    }
    batch.push(line);
    if (batch.length === BATCH) {
      await print(client, batch);
      batch = [];
    }
  }
  if (batch.length > 0) {
    await print(client, batch);
  }
}

async function print(client: PredictionClient, texts: readonly string[]): Promise<void> {
  const predictions = await predictPatiently(client, texts);
  const lines = predictions.map(({ label }, index) => `${label}\t${texts[index]}\n`);
  process.stdout.write(lines.join(""));
}

/** Tries again while the API says that a moment may help, each time after a longer pause. */
async function predictPatiently(
  client: PredictionClient,
  texts: readonly string[],
): Promise<Prediction[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.predict(texts);
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
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
