import autocannon from "autocannon";

export interface LoadTarget {
  /** Full address of `POST /v1/predictions`. */
  readonly url: string;
  readonly apiKey: string;
}

/** What came back while the load was on. */
export interface LoadOutcome {
  readonly requests: number;
  /** Requests per second over the whole time. */
  readonly rate: number;
  /** Answered predictions by label. */
  readonly answers: Readonly<Record<string, number>>;
  /** What else came back by what it was, for example `{"status 503": 2}`; empty when nothing failed. */
  readonly failures: Readonly<Record<string, number>>;
  /** 99 % of the requests were answered within this time. */
  readonly p99Ms: number;
}

const CONNECTIONS = 8;

const BODY = JSON.stringify({ instances: [{ text: "constant load" }] });

/** Longer than any `pulumi up` of a drill; the load is stopped, not waited for. */
const LONGEST_SECONDS = 1800;

/** Requests for predictions at a constant rate, until stopped; no answer is asked for twice. */
export class ConstantLoad {
  private readonly answers: Record<string, number> = {};
  private readonly failures: Record<string, number> = {};
  private readonly started = Date.now();
  private readonly instance: autocannon.Instance;
  private readonly finished: Promise<autocannon.Result>;

  constructor(target: LoadTarget, requestsPerSecond: number) {
    let finish: (result: autocannon.Result) => void;
    this.finished = new Promise((resolve) => (finish = resolve));
    this.instance = autocannon(
      {
        url: target.url,
        method: "POST",
        headers: headersOf(target),
        body: BODY,
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

  /** How often a label was answered so far. */
  answered(label: string): number {
    return this.answers[label] ?? 0;
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
    add(this.answers, labelOf(body));
  }
}

/** One prediction: its label, or `status` and its number. */
export async function predictLabel(target: LoadTarget): Promise<string> {
  const response = await fetch(target.url, {
    method: "POST",
    headers: headersOf(target),
    body: BODY,
  });
  const body = await response.text();
  return response.status === 200 ? labelOf(body) : `status ${response.status}`;
}

function headersOf({ apiKey }: LoadTarget): Record<string, string> {
  return { "content-type": "application/json", "x-api-key": apiKey };
}

function labelOf(body: string): string {
  return (JSON.parse(body) as { predictions: { label: string }[] }).predictions[0].label;
}

function add(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
