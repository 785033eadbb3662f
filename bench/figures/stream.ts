import type { Figure } from "./figure";

/** Calls to Kinesis for one shard in one minute, or their quota. */
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

/** Leaves room for two other consumers that ask once a second each. */
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
