/** One figure of a benchmark, beside what it is compared with in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly comparedWith: string;
  readonly target: string;
  /** Whether the target is met; absent where there is none. */
  readonly met?: boolean;
}

interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What `bench/job.py` prints, one for each contract. */
export interface JobResult {
  readonly contract: string;
  readonly events: number;
  readonly recordsPerSecondPerCore: Readonly<Record<string, number>>;
  readonly ratioToNaive: Readonly<Record<string, number>>;
  readonly shareOfRowsThatHitAGuard: number;
}

/** Minimum speed relative to the naive job, for any contract. */
const JOB_TARGETS: Readonly<Record<string, number>> = { ours: 1, oursDeduplicated: 0.75 };

export function jobFigures(results: readonly JobResult[]): Figure[] {
  return results.flatMap(({ contract, recordsPerSecondPerCore, ratioToNaive, ...rest }) =>
    Object.entries(ratioToNaive).map(([name, ratio]) => ({
      what: `${contract}: job "${name}", records/s/core`,
      value: `${recordsPerSecondPerCore[name]} (${ratio.toFixed(2)} x)`,
      comparedWith: `naive job ${recordsPerSecondPerCore.naive}; ${(100 * rest.shareOfRowsThatHitAGuard).toFixed(1)} % of rows hit a guard`,
      target: `>= ${JOB_TARGETS[name]} x`,
      met: ratio >= JOB_TARGETS[name],
    })),
  );
}

/** How many of some items have a property. */
interface Share {
  readonly found: number;
  readonly all: number;
}

/** What `MaskingMeasurement` of the Java tests prints. */
export interface MasksResult {
  /** Texts with personal data that are masked correctly. */
  readonly recall: Share;
  /** Masked texts that hold personal data. */
  readonly precision: Share;
  readonly withCode: Share;
  readonly knownPlans: Share;
  readonly otherPlans: Share;
  readonly microsecondsPerPost: number;
}

export function masksFigures(result: MasksResult): Figure[] {
  const figure = (what: string, { found, all }: Share, comparedWith: string): Figure => ({
    what,
    value: `${((100 * found) / all).toFixed(1)} % (${found} of ${all})`,
    comparedWith,
    target: "",
  });
  return [
    figure("masks, recall", result.recall, "texts by hand that hold personal data"),
    figure("masks, precision", result.precision, "texts by hand that are masked"),
    figure("numbers with a country code", result.withCode, "an example of every country"),
    figure("without, plans that are tried", result.knownPlans, "the same"),
    figure("without, all other countries", result.otherPlans, "the same"),
    {
      what: "masks, processor time a post",
      value: `${result.microsecondsPerPost.toFixed(2)} µs`,
      comparedWith: "38,158 short texts",
      target: "",
    },
  ];
}

/** What Kinesis was asked of one shard in one minute, or may be asked at most. */
interface ShardMinute {
  readonly getRecords: number;
  readonly getShardIterator: number;
  readonly megabytesRead: number;
}

/** What `bench/freshness.py` prints. */
export interface FreshnessResult {
  readonly quotasPerShardAndMinute: ShardMinute;
  readonly shares: readonly {
    readonly recordsPerSecond: number;
    readonly freshnessSeconds: { readonly p50: number; readonly p95: number };
    readonly medianBatchSeconds: number;
    readonly inProcessPredictionMs: readonly [number, number];
    readonly perShardAndMinute: ShardMinute;
  }[];
}

export function freshnessFigures({ shares, quotasPerShardAndMinute }: FreshnessResult): Figure[] {
  return shares.map(({ recordsPerSecond, freshnessSeconds: { p50, p95 }, ...rest }) => ({
    what: `freshness at ${recordsPerSecond} records/s, p50 / p95`,
    value: `${p50.toFixed(2)} s / ${p95.toFixed(2)} s`,
    comparedWith: [
      `a micro-batch takes ${rest.medianBatchSeconds.toFixed(2)} s`,
      quietness(rest.inProcessPredictionMs),
      besideQuotas(rest.perShardAndMinute, quotasPerShardAndMinute),
    ].join("\n"),
    target: "<= 1.5 s / 3 s",
    met: p50 <= 1.5 && p95 <= 3,
  }));
}

/** What `bench/source.py` prints. */
export interface SourceResult {
  readonly shards: number;
  readonly inProcessPredictionMs: readonly [number, number];
  readonly quotasPerShardAndMinute: ShardMinute;
  readonly catchUp: {
    readonly records: number;
    readonly recordsPerSecond: number;
    readonly recordsPerProcessorSecond: number;
    readonly bytesReadPerByteOfRecords: number;
  };
  readonly catchUpWithinQuotas: {
    readonly recordsPerSecond: number;
    readonly perShardAndMinute: ShardMinute & { readonly throttled: number };
  };
  readonly steady: {
    readonly recordsPerSecond: number;
    readonly perShardAndMinute: ShardMinute & { readonly throttled: number };
    readonly planningMs: { readonly p50: number; readonly p95: number };
    readonly processorSecondsPerMinute: number;
    readonly calls: { readonly countedByShards: number; readonly countedBySource: number };
  };
}

export function sourceFigures(result: SourceResult): Figure[] {
  const { catchUp, catchUpWithinQuotas: limited, steady, quotasPerShardAndMinute: quotas } = result;
  return [
    {
      what: `${catchUp.records} records through the source alone, records/s/core`,
      value: `${catchUp.recordsPerProcessorSecond}`,
      comparedWith: [
        `${catchUp.recordsPerSecond} records/s of wall time, with the stand-in for Kinesis`,
        `${catchUp.bytesReadPerByteOfRecords.toFixed(2)} bytes read a byte`,
        quietness(result.inProcessPredictionMs),
      ].join("\n"),
      target: "",
    },
    {
      what: `the same from ${result.shards} shards within Kinesis's quotas`,
      value: `${limited.recordsPerSecond} records/s, ${limited.perShardAndMinute.throttled} calls refused a shard and minute`,
      comparedWith: besideQuotas(limited.perShardAndMinute, quotas),
      target: "",
    },
    {
      what: `${steady.recordsPerSecond} records/s, calls to a shard a minute`,
      value: `${steady.perShardAndMinute.getRecords} GetRecords, ${steady.perShardAndMinute.getShardIterator} GetShardIterator`,
      comparedWith: [
        besideQuotas(steady.perShardAndMinute, quotas),
        `the source counts ${steady.calls.countedBySource} of ${steady.calls.countedByShards} calls`,
      ].join("\n"),
      target: `<= ${MOST_SHARE_OF_CALLS * 100} % of the quota, none refused`,
      met:
        steady.perShardAndMinute.getRecords <= MOST_SHARE_OF_CALLS * quotas.getRecords &&
        steady.perShardAndMinute.throttled === 0,
    },
    {
      what: `planning of ${result.shards} shards, p50 / p95`,
      value: `${steady.planningMs.p50} ms / ${steady.planningMs.p95} ms`,
      comparedWith: `${steady.processorSecondsPerMinute} s of a core a minute, Spark included`,
      target: "",
    },
  ];
}

/** Leaves calls for two other consumers that poll once a second each. */
const MOST_SHARE_OF_CALLS = 0.6;

function quietness([before, after]: readonly [number, number]): string {
  return `prediction in process ${before.toFixed(2)} ms, then ${after.toFixed(2)} ms`;
}

function besideQuotas(asked: ShardMinute, quotas: ShardMinute): string {
  return (
    `a shard and minute: ${asked.getRecords} of ${quotas.getRecords} GetRecords, ` +
    `${asked.getShardIterator} of ${quotas.getShardIterator} GetShardIterator, ` +
    `${asked.megabytesRead} of ${quotas.megabytesRead} MB`
  );
}

/** What `bench/model.py` prints. */
export interface ModelResult {
  readonly workload: string;
  /** The gate's metric, by its name in snake case. */
  readonly metric: string;
  readonly model: {
    readonly value: number;
    readonly seconds: number;
    readonly p50Ms1: number;
    readonly p50Ms32: number;
  };
  readonly baselines: readonly { readonly name: string; readonly value: number }[];
  /** Seconds of the first baseline's fit. */
  readonly baselineSeconds: number;
  /** By how much the model must exceed each of them. */
  readonly leastMargin: number;
}

export function modelFigures(result: ModelResult): Figure[] {
  const { workload, metric, model, baselines, baselineSeconds, leastMargin } = result;
  return [
    ...baselines.map(({ name, value }) => {
      const margin = model.value - value;
      return {
        what: `${workload}: ${metric.replaceAll("_", " ")} on the test split`,
        value: `${model.value.toFixed(4)} (${(100 * margin).toFixed(1)} points more)`,
        comparedWith: `${name} ${value.toFixed(4)}`,
        target: `>= ${(100 * leastMargin).toFixed(1)} points more`,
        met: margin >= leastMargin,
      };
    }),
    {
      what: `${workload}: training`,
      value: `${model.seconds.toFixed(0)} s`,
      comparedWith: `baseline ${baselineSeconds.toFixed(0)} s`,
      target: "<= 90 s",
      met: model.seconds <= 90,
    },
    {
      what: `${workload}: in-process call, p50 of 1 / 32 instances`,
      value: `${model.p50Ms1.toFixed(2)} ms / ${model.p50Ms32.toFixed(2)} ms`,
      comparedWith: "",
      target: "",
    },
  ];
}

interface HttpSide {
  readonly addedToInProcess: Percentiles;
  readonly batchOf64: Percentiles;
  readonly load: { readonly requestsPerSecond: number; readonly failures: number };
}

/** What `bench/serving.ts` prints. */
export interface ServingResult {
  readonly connections: number;
  readonly sides: {
    readonly inProcess: { readonly oneInstance: Percentiles; readonly batchOf64: Percentiles };
  } & Readonly<Record<"plainServer" | "modelServer" | "runtime" | "api", HttpSide>>;
}

export function servingFigures({ connections, sides }: ServingResult): Figure[] {
  const { api, plainServer, inProcess } = sides;
  const added = api.addedToInProcess;
  return [
    {
      what: "one instance through the API, above the in-process call, p50 / p99",
      value: `${added.p50Ms.toFixed(2)} ms / ${added.p99Ms.toFixed(2)} ms`,
      comparedWith: `in process ${inProcess.oneInstance.p50Ms.toFixed(2)} ms / ${inProcess.oneInstance.p99Ms.toFixed(2)} ms`,
      target: "<= 3 ms / 15 ms",
      met: added.p50Ms <= 3 && added.p99Ms <= 15,
    },
    {
      what: `requests/s through the API, ${connections} connections`,
      value: `${Math.round(api.load.requestsPerSecond)}, ${api.load.failures} failed`,
      comparedWith: `plain unbatched server alone ${Math.round(plainServer.load.requestsPerSecond)}`,
      target: ">= 300",
      met: api.load.requestsPerSecond >= 300 && api.load.failures === 0,
    },
    {
      what: "64 instances through the API, p50",
      value: `${api.batchOf64.p50Ms.toFixed(2)} ms`,
      comparedWith: `in process ${inProcess.batchOf64.p50Ms.toFixed(2)} ms`,
      target: "",
    },
  ];
}

/** What `bench/preview.ts` prints. */
export interface PreviewResult {
  readonly seconds: Readonly<Record<"prod" | "local", number>>;
  readonly resources: Readonly<Record<"prod" | "local", number>>;
}

export function previewFigures({ seconds, resources }: PreviewResult): Figure[] {
  return [
    {
      what: `offline preview of prod, ${resources.prod} resources`,
      value: `${seconds.prod.toFixed(1)} s`,
      comparedWith: `of local, ${resources.local} resources: ${seconds.local.toFixed(1)} s`,
      target: "<= 10 s",
      met: seconds.prod <= 10,
    },
  ];
}
