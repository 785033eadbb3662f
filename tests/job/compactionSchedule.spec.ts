import { expect } from "chai";

import type { Capacity } from "../../components/job/capacity";
import { CompactionSchedule } from "../../components/job/compactionSchedule";
import { jobConfigSchema } from "../../components/job/config";
import { SparkCode } from "../../components/job/sparkCode";
import { StorageBucket } from "../../components/lake/storageBucket";
import { deploymentTarget } from "../../components/shared/target";
import { loadWorkload } from "../../components/workload/loadWorkload";
import { readEventContract } from "../../contracts/event/workloads";
import {
  at,
  find,
  mockStack,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const capacity: Capacity = {
  maxRecordsPerShard: 1000,
  triggerSeconds: 1,
  minimumExecutors: 1,
  maximumExecutors: 4,
  minimumUnits: 1,
  maximumUnits: 2,
  driverUnits: 1,
  shufflePartitions: 2,
};

const contract = readEventContract("sentiment");

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:compaction-undelivered-1a2b3c4";

describe("CompactionSchedule", () => {
  let registered: Registered[];
  let made: CompactionSchedule;

  async function plan(enabled = true): Promise<void> {
    registered = await mockStack("test");
    const bucket = new StorageBucket("artifacts", {
      protect: false,
      deleteContents: true,
      lifecycle: [],
    });
    made = new CompactionSchedule("compaction", {
      code: new SparkCode("code", {
        bucket,
        releaseLabel: "emr-7.14.0",
        contract,
        trainingSetPath: loadWorkload("sentiment").trainingSetPath,
      }),
      spark: jobConfigSchema.parse({ freshnessSeconds: 3, expectedRecordsPerSecondPerShard: 1 })
        .spark,
      capacity,
      region: "us-east-1",
      target: deploymentTarget("us-east-1"),
      eventsUri: "s3a://lake/events",
      historyUri: "s3a://lake/history",
      clusterId: "j-1",
      expression: "cron(20 * * * ? *)",
      keepDays: 3,
      maxExecutors: 2,
      enabled,
    });
    await settled();
  }

  const schedule = () =>
    find(registered, "aws:scheduler/schedule:Schedule", "compaction-schedule").inputs;

  it("adds a step to the cluster that rewrites the lake's closed hours", async () => {
    await plan();
    expect(await valueOf(made.scheduleName)).to.equal("compaction-schedule-1a2b3c4");
    expect(schedule()).to.include({
      scheduleExpression: "cron(20 * * * ? *)",
      scheduleExpressionTimezone: "UTC",
      state: "ENABLED",
    });
    expect(at(schedule(), "target.arn")).to.equal(
      "arn:aws:scheduler:::aws-sdk:emr:addJobFlowSteps",
    );
    const request = JSON.parse(at(schedule(), "target.input") as string) as {
      JobFlowId: string;
      Steps: { HadoopJarStep: { Jar: string; Args: string[] } }[];
    };
    expect(request.JobFlowId).to.equal("j-1");
    expect(request.Steps).to.have.length(1);
    expect(request.Steps[0]).to.deep.include({ Name: "compaction", ActionOnFailure: "CONTINUE" });
    const { Jar, Args } = request.Steps[0].HadoopJarStep;
    expect(Jar).to.equal("command-runner.jar");
    expect(Args[0]).to.equal("spark-submit");
    expect(Args).to.include("spark.dynamicAllocation.maxExecutors=2");
    const entry = Args.findIndex((argument) =>
      /\/code\/compaction-job-[0-9a-f]+\.py$/.test(argument),
    );
    expect(Args.slice(entry + 1)).to.deep.equal([
      ...["--contract", `s3a://artifacts-1a2b3c4/code/${contract.fileName}`],
      ...["--events-uri", "s3a://lake/events"],
      ...["--history-uri", "s3a://lake/history"],
      ...["--region", "us-east-1"],
      ...["--keep-days", "3"],
    ]);
  });

  it("keeps a run that could not be started, and says where", async () => {
    await plan();
    expect(at(schedule(), "target.deadLetterConfig")).to.deep.equal({ arn: QUEUE });
    expect(await valueOf(made.deadLetterQueueName)).to.equal("compaction-undelivered-1a2b3c4");
  });

  it("may add steps to this one cluster, keep what was not taken, and do nothing else", async () => {
    await plan();
    const { inputs } = find(
      registered,
      "aws:iam/rolePolicy:RolePolicy",
      "compaction-schedule-rights",
    );
    expect(statements(inputs.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "AddStep",
        Action: "elasticmapreduce:AddJobFlowSteps",
        Resource: "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/j-1",
      },
      {
        Effect: "Allow",
        Sid: "KeepUndelivered",
        Action: "sqs:SendMessage",
        Resource: QUEUE,
      },
    ]);
    const role = find(registered, "aws:iam/role:Role", "compaction-schedule-role").inputs;
    const [trust] = statements(role.assumeRolePolicy);
    expect(trust.Principal).to.deep.equal({ Service: "scheduler.amazonaws.com" });
    expect(trust.Condition).to.deep.equal({
      StringEquals: { "aws:SourceAccount": "123456789012" },
    });
  });

  it("starts nothing on a cluster whose job is switched off, which then terminates itself", async () => {
    await plan(false);
    expect(schedule().state).to.equal("DISABLED");
  });

  it("is the parent of what it makes", async () => {
    await plan();
    expect(await valueOf(made.urn)).to.contain(
      "streaming-ml:cluster:CompactionSchedule::compaction",
    );
  });
});
