import { z } from "zod";

import { Prediction, predictionSchema } from "./prediction";
import type { Question } from "./records";
import { DemoReport } from "./report";

const answerSchema = z.object({ predictions: z.array(predictionSchema).min(1) });

/** How a client reaches the REST API. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** Round trips measured after the first answers; enough for a p99. */
const MEASURED_REQUESTS = 300;

/**
 * Asks for a prediction of one or several instances.
 *
 * @throws Error with the status and body when the API answers anything but 200
 */
export async function predict(
  api: ApiAccess,
  instances: readonly Question["instance"][],
): Promise<readonly Prediction[]> {
  const response = await fetch(`${api.url}/v1/predictions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": api.key },
    body: JSON.stringify({ instances }),
  });
  const body = await response.text();
  if (response.status !== 200) {
    throw new Error(`POST ${api.url}/v1/predictions answered ${response.status}: ${body}`);
  }
  return answerSchema.parse(JSON.parse(body)).predictions;
}

/** Asks each question on its own, as a product would. */
export async function askAbout(
  api: ApiAccess,
  questions: readonly Question[],
): Promise<DemoReport["predictions"]> {
  const answers: DemoReport["predictions"][number][] = [];
  for (const { instance, text, expected } of questions) {
    const [prediction] = await predict(api, [instance]);
    answers.push({ text, expected, prediction });
  }
  return answers;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Measures single requests, one after the other. */
export async function measureLatency(
  api: ApiAccess,
  questions: readonly Question[],
): Promise<DemoReport["prediction"]> {
  const milliseconds: number[] = [];
  for (let request = 0; request < MEASURED_REQUESTS; request++) {
    const started = performance.now();
    await predict(api, [questions[request % questions.length].instance]);
    milliseconds.push(performance.now() - started);
  }
  return { p50Ms: quantile(milliseconds, 0.5), p99Ms: quantile(milliseconds, 0.99) };
}
