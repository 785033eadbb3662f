import autocannon from "autocannon";
import { Client } from "undici";

/** Where predictions are asked for. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Throughput extends Latency {
  readonly requestsPerSecond: number;
  /** Answers other than 200 and requests without an answer. */
  readonly failures: number;
}

export function percentiles(milliseconds: readonly number[]): Latency {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50Ms: rounded(at(0.5)), p99Ms: rounded(at(0.99)) };
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The instances of a request. */
export type Instances = readonly Readonly<Record<string, unknown>>[];

/**
 * Milliseconds of each of many requests, one after the other over one connection.
 *
 * @throws Error at the first answer without one prediction per instance
 */
export async function requestTimes(
  target: Target,
  instances: Instances,
  requests: number,
): Promise<number[]> {
  const { origin, pathname } = new URL(target.url);
  const client = new Client(origin);
  const body = JSON.stringify({ instances });
  const times: number[] = [];
  try {
    for (let count = 0; count < requests; count++) {
      const started = performance.now();
      const answer = await client.request({
        method: "POST",
        path: pathname,
        headers: target.headers,
        body,
      });
      const text = await answer.body.text();
      times.push(performance.now() - started);
      const { predictions } = JSON.parse(text) as { predictions?: unknown[] };
      if (answer.statusCode !== 200 || predictions?.length !== instances.length) {
        throw new Error(`${target.url} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
      }
    }
  } finally {
    await client.close();
  }
  return times;
}

/** Answered requests per second with many connections at once. */
export async function throughput(
  target: Target,
  instances: Instances,
  connections: number,
  seconds: number,
): Promise<Throughput> {
  const result = await autocannon({
    url: target.url,
    method: "POST",
    headers: target.headers,
    body: JSON.stringify({ instances }),
    connections,
    duration: seconds,
  });
  return {
    requestsPerSecond: rounded(result["2xx"] / result.duration),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}
