import {
  terraform,
  terraformUnread,
  arn,
  idFrom,
  replacedOn,
  replacedOnAllBut,
  type ResourceTable,
} from "../resourceType";
import { text } from "../wire";

/** Kinesis data streams. */
export const streamTypes: ResourceTable = {
  "aws:kinesis/stream:Stream": {
    identify: (inputs, place) => arn(place, "kinesis", `stream/${text(inputs.name)}`),
    outputs: (_inputs, id) => ({ arn: id }),
    replacement: replacedOn(terraform("kinesis/stream.go"), "name"),
  },
  "aws:kinesis/streamConsumer:StreamConsumer": {
    identify: (inputs) => `${text(inputs.streamArn)}/consumer/${text(inputs.name)}:1700000000`,
    outputs: (_inputs, id) => ({ arn: id, creationTimestamp: "2026-01-01T00:00:00Z" }),
    replacement: replacedOn(terraformUnread("kinesis/stream_consumer.go"), "name", "streamArn"),
  },
  "aws:kinesis/resourcePolicy:ResourcePolicy": {
    identify: idFrom("resourceArn"),
    replacement: replacedOnAllBut(terraformUnread("kinesis/resource_policy.go"), "policy"),
  },
};
