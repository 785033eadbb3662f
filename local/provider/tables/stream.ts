import { arn, asCloudFormation, because, idFrom, type ResourceTable } from "../resourceType";
import { text } from "../wire";

/** Kinesis data streams. */
export const streamTypes: ResourceTable = {
  "aws:kinesis/stream:Stream": {
    identify: (inputs, location) => arn(location, "kinesis", `stream/${text(inputs.name)}`),
    outputs: (_inputs, id) => ({ arn: id }),
    replacement: asCloudFormation("AWS::Kinesis::Stream"),
  },
  "aws:kinesis/streamConsumer:StreamConsumer": {
    identify: (inputs) => `${text(inputs.streamArn)}/consumer/${text(inputs.name)}:1700000000`,
    outputs: (_inputs, id) => ({ arn: id, creationTimestamp: "2026-01-01T00:00:00Z" }),
    replacement: asCloudFormation("AWS::Kinesis::StreamConsumer", {
      names: { name: "ConsumerName" },
      not: [because("Kinesis tags consumers with TagResource", "tags")],
    }),
  },
  "aws:kinesis/resourcePolicy:ResourcePolicy": {
    identify: idFrom("resourceArn"),
    replacement: asCloudFormation("AWS::Kinesis::ResourcePolicy"),
  },
};
