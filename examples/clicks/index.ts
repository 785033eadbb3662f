import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jobCapacity, SparkCode, StreamingJob } from "streaming-ml/job";
import { DataLake } from "streaming-ml/lake";
import { EventStream } from "streaming-ml/stream";
import { deploymentTarget } from "streaming-ml/target";
import { compileEventSchema, DeployedContract } from "streaming-ml/workload";

// Clicks from a data stream into a lake, by a job on a cluster that this team has already: three components of
// streaming-ml, each with no more than what it cannot know.
const config = new pulumi.Config();
const target = deploymentTarget(aws.config.requireRegion());
const clusterRole = { name: config.require("clusterRole") };

const stream = new EventStream("clicks", { shardCount: 2, target });

const schema = "click.schema.json";
const { contract } = new DeployedContract("click-contract", {
  contract: compileEventSchema("clicks", schema, readFileSync(join(__dirname, schema), "utf8")),
  lakeVersion: 1,
});
const lake = new DataLake("clicks-lake", { firstDay: "2026-01-01", contract });

const promise = { freshnessSeconds: 10, expectedRecordsPerSecondPerShard: 500 };
const job = new StreamingJob(
  "clicks-to-lake",
  {
    ...promise,
    target,
    clusterId: config.require("clusterId"),
    capacity: jobCapacity("clicks-to-lake", stream.shards, promise, ["m7g.2xlarge"]),
    code: new SparkCode("clicks-code", {
      bucket: lake.artifactBucket,
      releaseLabel: "emr-7.14.0",
      contract,
    }),
    stream: stream.name,
    eventsUri: lake.eventsUri,
    lakeVersion: 1,
    artifactBucket: lake.artifactBucket,
    userKeySecretArn: lake.userKeySecretArn,
    userKeyVersion: 1,
    quarantineKeySecretArn: lake.quarantineKeySecretArn,
    quarantineKeyVersionId: lake.quarantineKeyVersionId,
  },
  {
    dependsOn: [
      stream.grantConsume("job", clusterRole),
      ...lake.grantWriteEvents("job", clusterRole),
      lake.grantUserKey("job", clusterRole),
      lake.grantQuarantineKey("job", clusterRole),
      lake.artifactBucket.grantRead("job-code", clusterRole, "code"),
      lake.artifactBucket.grantWrite("job-checkpoints", clusterRole, "checkpoints"),
    ],
  },
);

export const clicks = { stream: stream.name, table: lake.table, job: job.jobName };
