import autocannon from "autocannon";
import { isDeepStrictEqual } from "node:util";

export interface LoadTarget {
  /** Full address of `POST /v1/predictions`. */
  readonly url: string;
  readonly apiKey: string;
  /** What is asked, again and again. */
  readonly instance: object;
  /** What each model answers to everything, by its name. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/** What came back while the load was on. */
export interface LoadOutcome {
  readonly requests: number;
  /** Requests per second over the whole time. */
  readonly rate: number;
  /** Answered predictions by the model that gave them. */
  readonly answers: Readonly<Record<string, number>>;
  /** What else came back by what it was, for example `{"status 503": 2}`; empty when nothing failed. */
  readonly failures: Readonly<Record<string, number>>;
  /** 99 % of the requests were answered within this time. */
  readonly p99Ms: number;
}

const CONNECTIONS = 8;

/** Longer than any `pulumi up` of a drill; the load is stopped, not waited for. */
const LONGEST_SECONDS = 1800;

/** Requests for predictions at a constant rate, until stopped; no answer is asked for twice. */
export class ConstantLoad {
  private readonly answers: Record<string, number> = {};
  private readonly failures: Record<string, number> = {};
  private readonly started = Date.now();
  private readonly instance: autocannon.Instance;
  private readonly finished: Promise<autocannon.Result>;

  constructor(
    private readonly target: LoadTarget,
    requestsPerSecond: number,
  ) {
    let finish: (result: autocannon.Result) => void;
    this.finished = new Promise((resolve) => (finish = resolve));
    this.instance = autocannon(
      {
        url: target.url,
        method: "POST",
        headers: headersOf(target),
        body: bodyOf(target),
        connections: CONNECTIONS,
        overallRate: requestsPerSecond,
        duration: LONGEST_SECONDS,
        timeout: 30,
        requests: [{ onResponse: (status, body) => this.count(status, body) }],
      },
      (_error, result) => finish(result),
    );
    // A connection that breaks or waits too long has no status.
    this.instance.on("reqError", (error: Error) => add(this.failures, error.message));
  }

  /** How often a model has answered so far. */
  answered(model: string): number {
    return this.answers[model] ?? 0;
  }

  async stop(): Promise<LoadOutcome> {
    this.instance.stop();
    const result = await this.finished;
    const requests = total(this.answers) + total(this.failures);
    return {
      requests,
      rate: Math.round((requests / (Date.now() - this.started)) * 1000),
      answers: this.answers,
      failures: this.failures,
      p99Ms: result.latency.p99,
    };
  }

  private count(status: number, body: string): void {
    if (status !== 200) {
      add(this.failures, `status ${status}`);
      return;
    }
    add(this.answers, modelOf(this.target, body));
  }
}

/** Asks once: the model that answered, or `status` and its number. */
export async function answeringModel(target: LoadTarget): Promise<string> {
  const response = await fetch(target.url, {
    method: "POST",
    headers: headersOf(target),
    body: bodyOf(target),
  });
  const body = await response.text();
  return response.status === 200 ? modelOf(target, body) : `status ${response.status}`;
}

function headersOf({ apiKey }: LoadTarget): Record<string, string> {
  return { "content-type": "application/json", "x-api-key": apiKey };
}

function bodyOf({ instance }: LoadTarget): string {
  return JSON.stringify({ instances: [instance] });
}

/** The name of the model that gives this answer; the answer itself where none of them does. */
function modelOf({ answers }: LoadTarget, body: string): string {
  const [prediction] = (JSON.parse(body) as { predictions: unknown[] }).predictions;
  const models = Object.keys(answers).filter((one) => isDeepStrictEqual(answers[one], prediction));
  return models.length === 1 ? models[0] : JSON.stringify(prediction);
}

function add(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
