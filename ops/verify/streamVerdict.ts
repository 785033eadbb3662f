import { failed, ok, type Verdict } from "./verdict";

/** What Kinesis says of the account's limits in a region. */
export interface StreamLimits {
  readonly shardLimit: number;
  readonly openShards: number;
  readonly onDemandLimit: number;
  readonly onDemandStreams: number;
}

const RAISE = "Ask for more: Service Quotas, Kinesis Data Streams.";

/** The account has room for the stream. @param stream the stack file's */
export function judgeStreamLimits(
  stream: { readonly mode: "provisioned" | "onDemand"; readonly shardCount?: number },
  limits: StreamLimits,
): Verdict {
  if (stream.mode === "onDemand") {
    const { onDemandStreams, onDemandLimit } = limits;
    const found = `${onDemandStreams} of ${onDemandLimit} on-demand streams are taken`;
    return onDemandStreams < onDemandLimit
      ? ok(`${found}; the stack needs one.`)
      : failed(`${found}, and the stack needs one.`, RAISE);
  }
  const { openShards, shardLimit } = limits;
  const needed = stream.shardCount ?? 1;
  const found = `${openShards} of ${shardLimit} shards are open`;
  return openShards + needed <= shardLimit
    ? ok(`${found}; the stack needs ${needed}.`)
    : failed(`${found}, and the stack needs ${needed}.`, RAISE);
}
