import { DescribeLimitsCommand } from "@aws-sdk/client-kinesis";

import type { Check, StackToBe } from "./check";
import { judgeStreamLimits } from "./streamVerdict";

export const streamLimitsCheck: Check<StackToBe> = {
  id: "stream-limits",
  title: "the account has room for the stream",
  async run({ planned, clients }) {
    const limits = await clients.kinesis.send(new DescribeLimitsCommand({}));
    return judgeStreamLimits(planned.stream, {
      shardLimit: limits.ShardLimit ?? 0,
      openShards: limits.OpenShardCount ?? 0,
      onDemandLimit: limits.OnDemandStreamCountLimit ?? 0,
      onDemandStreams: limits.OnDemandStreamCount ?? 0,
    });
  },
};
