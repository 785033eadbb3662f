import { z } from "zod";

import { hasFields } from "../shared/schema";

const shardLevelMetric = z.enum([
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
]);

/** Settings under `streaming-ml:stream`. */
export const streamConfigSchema = z
  .strictObject({
    /** `provisioned` has `shardCount` shards, `onDemand` scales with the load. A change does not replace the stream. */
    mode: z.enum(["provisioned", "onDemand"]).default("provisioned"),
    /** Shards of a provisioned stream, 1 to 10,000. */
    shardCount: z.int().min(1).max(10000).optional(),
    /** Maximum shards expected of an on-demand stream: the cluster is sized for them. 4 to 10,000. */
    maxShards: z.int().min(4).max(10000).optional(),
    /** Retention in hours, 24 to 8760: the longest outage of the job without data loss. */
    retentionHours: z.int().min(24).max(8760).default(24),
    /** `awsManaged` encrypts with alias/aws/kinesis, `customerManaged` with a key of this stack. */
    encryption: z.enum(["awsManaged", "customerManaged"]).default("awsManaged"),
    /** Enhanced fan-out: the streaming job has 2 MB/s per shard of its own. Billed hourly. */
    fanOut: z.boolean().default(false),
    /** Other AWS accounts whose roles may put records, by the stream's ARN. Needs a customer managed key. */
    producerAccounts: z
      .array(z.string().regex(/^\d{12}$/, "must be a 12-digit account id"))
      .default([]),
    /** Shard-level CloudWatch metrics. Each one is billed per shard. */
    shardLevelMetrics: z.array(shardLevelMetric).default([]),
    /** Refuse to delete the stream until this is false. */
    protect: z.boolean().default(true),
  })
  .refine((config) => config.mode !== "provisioned" || config.shardCount !== undefined, {
    when: hasFields,
    path: ["shardCount"],
    error: 'is required with mode "provisioned": say how many shards, or use mode "onDemand"',
  })
  .refine((config) => config.mode !== "provisioned" || config.maxShards === undefined, {
    when: hasFields,
    path: ["maxShards"],
    error: 'does nothing with mode "provisioned": remove it or change the mode',
  })
  .refine((config) => config.mode !== "onDemand" || config.maxShards !== undefined, {
    when: hasFields,
    path: ["maxShards"],
    error:
      'is required with mode "onDemand", because such a stream has no shard count to size the cluster by: ' +
      "say how many shards it may open at most",
  })
  .refine(
    (config) => !(config.producerAccounts?.length > 0 && config.encryption !== "customerManaged"),
    {
      when: hasFields,
      path: ["producerAccounts"],
      error:
        "cannot be served with the key alias/aws/kinesis, which no other account may use: " +
        'set encryption to "customerManaged", or remove them',
    },
  )
  .refine((config) => config.mode !== "onDemand" || config.shardCount === undefined, {
    when: hasFields,
    path: ["shardCount"],
    error: 'does nothing with mode "onDemand": remove it or change the mode',
  });

export type StreamConfig = z.infer<typeof streamConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type StreamSettings = z.input<typeof streamConfigSchema>;
