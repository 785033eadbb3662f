import { readEventContract } from "../../contracts/event/workloads";
import type { StackOutputs } from "../../contracts/stackOutputs";

/** Outputs of a stack that has no model yet. */
export const stackOutputs: StackOutputs = {
  contractVersion: 1,
  region: "us-east-1",
  accountId: "123456789012",
  stream: { name: "events-1", arn: "arn:aws:kinesis:us-east-1:123456789012:stream/events-1" },
  events: { workload: "sentiment", contract: readEventContract("sentiment").compiled },
  lake: {
    bucket: "lake-1",
    eventsUri: "s3a://lake-1/events",
    quarantineUri: "s3a://lake-1/events/status=quarantined",
    quarantineKeySecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:quarantine-key-1",
    database: "streaming_ml_dev",
    table: "events",
  },
  artifacts: { bucket: "artifacts-1" },
  cluster: { id: "j-1" },
  job: {
    name: "streaming-job",
    lockUri: "s3a://artifacts-1/checkpoints/1.lock.json",
    checkpointUri: "s3a://artifacts-1/checkpoints/1",
  },
  training: { pipelineName: "streaming-ml-dev", modelPackageGroupName: "models" },
  endpoint: null,
  api: {
    url: "https://api.example/live",
    openApiUri: "s3://artifacts-1/api/openapi-0123.json",
    apiKeyId: "key-1",
    invokeArn: "arn:aws:execute-api:us-east-1:123456789012:api-1/live/*",
  },
  alarms: { topicArn: "arn:aws:sns:us-east-1:123456789012:alarms-1" },
};
