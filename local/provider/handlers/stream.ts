import {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  type StreamMode,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} from "@aws-sdk/client-kinesis";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";

const MISSING = "ResourceNotFoundException";

/** Retention period of a new stream, in hours. */
const INITIAL_RETENTION_HOURS = 24;

/** Longest wait for the stand-in to create or delete a stream, in seconds. */
const WAIT_SECONDS = 60;

function client({ location }: HandlerContext): KinesisClient {
  return new KinesisClient(connectionTo("KINESIS", location.region));
}

function mode(properties: Properties): StreamMode {
  const details = properties.streamModeDetails as Properties | undefined;
  return details?.streamMode === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED";
}

async function setRetention(
  kinesis: KinesisClient,
  StreamName: string,
  from: number,
  to: number,
): Promise<void> {
  if (to > from) {
    await kinesis.send(
      new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: to }),
    );
  } else if (to < from) {
    await kinesis.send(
      new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: to }),
    );
  }
}

function retention(properties: Properties): number {
  return typeof properties.retentionPeriod === "number"
    ? properties.retentionPeriod
    : INITIAL_RETENTION_HOURS;
}

/** Kinesis data streams in the stand-in. */
export const streamHandlers: HandlerTable = {
  "aws:kinesis/stream:Stream": {
    async create(inputs, context) {
      const kinesis = client(context);
      const StreamName = text(inputs.name);
      const StreamMode = mode(inputs);
      await kinesis.send(
        new CreateStreamCommand({
          StreamName,
          StreamModeDetails: { StreamMode },
          ...(StreamMode === "PROVISIONED" && { ShardCount: Number(inputs.shardCount ?? 1) }),
        }),
      );
      await waitUntilStreamExists(
        { client: kinesis, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 2 },
        { StreamName },
      );
      await setRetention(kinesis, StreamName, INITIAL_RETENTION_HOURS, retention(inputs));
      return {};
    },
    async update(_id, olds, news, context) {
      const kinesis = client(context);
      const StreamName = text(news.name);
      if (mode(olds) !== mode(news)) {
        const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
        await kinesis.send(
          new UpdateStreamModeCommand({
            StreamARN: summary.StreamDescriptionSummary?.StreamARN,
            StreamModeDetails: { StreamMode: mode(news) },
          }),
        );
      }
      if (mode(news) === "PROVISIONED" && olds.shardCount !== news.shardCount) {
        await kinesis.send(
          new UpdateShardCountCommand({
            StreamName,
            TargetShardCount: Number(news.shardCount ?? 1),
            ScalingType: "UNIFORM_SCALING",
          }),
        );
      }
      await setRetention(kinesis, StreamName, retention(olds), retention(news));
      return undefined;
    },
    async delete(_id, properties, context) {
      const kinesis = client(context);
      const StreamName = text(properties.name);
      await ignoreMissing(
        kinesis.send(new DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true })),
        MISSING,
      );
      await waitUntilStreamNotExists(
        { client: kinesis, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 2 },
        { StreamName },
      );
    },
    exists: (_id, properties, context) =>
      isPresent(
        client(context).send(
          new DescribeStreamSummaryCommand({ StreamName: text(properties.name) }),
        ),
        MISSING,
      ),
  },
};
