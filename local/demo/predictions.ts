import { z } from "zod";
import { HeldBackPost } from "./records";
import { DemoReport } from "./report";

const answerSchema = z.object({
  predictions: z
    .array(z.object({ label: z.string(), scores: z.array(z.number()).length(3) }))
    .min(1),
});

type Answer = z.infer<typeof answerSchema>;

/** How a client reaches the REST API. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** Round trips measured after the first answers; enough for a p99. */
const MEASURED_REQUESTS = 300;

/**
 * Asks for the sentiment of one or several texts.
 *
 * @throws Error with the status and body when the API answers anything but 200
 */
export async function predict(api: ApiAccess, texts: readonly string[]): Promise<Answer> {
  const response = await fetch(`${api.url}/v1/predictions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": api.key },
    body: JSON.stringify({ instances: texts.map((text) => ({ text })) }),
  });
  const body = await response.text();
  if (response.status !== 200) {
    throw new Error(`POST ${api.url}/v1/predictions answered ${response.status}: ${body}`);
  }
  return answerSchema.parse(JSON.parse(body));
}

/** Predicts each post on its own, as a product would. */
export async function askAbout(
  api: ApiAccess,
  posts: readonly HeldBackPost[],
): Promise<DemoReport["predictions"]> {
  const answers: DemoReport["predictions"][number][] = [];
  for (const { text, expected } of posts) {
    const [{ label, scores }] = (await predict(api, [text])).predictions;
    answers.push({ text, expected, label, scores });
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
  posts: readonly HeldBackPost[],
): Promise<DemoReport["prediction"]> {
  const milliseconds: number[] = [];
  for (let request = 0; request < MEASURED_REQUESTS; request++) {
    const started = performance.now();
    await predict(api, [posts[request % posts.length].text]);
    milliseconds.push(performance.now() - started);
  }
  return { p50Ms: quantile(milliseconds, 0.5), p99Ms: quantile(milliseconds, 0.99) };
}
