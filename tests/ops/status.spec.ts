import { expect } from "chai";

import { formatModels, formatStatus } from "../../ops/format";
import { readStatus } from "../../ops/status";
import { jobLock as lock } from "../contracts/jobLockExample";
import { stackOutputs } from "../contracts/stackOutputsExample";
import { fakeClient } from "./fakeClient";
import { registry } from "./fakeRegistry";

describe("the status of a stack", () => {
  const missing = (name: string): Error => Object.assign(new Error(name), { name });

  function clients(lockAnswer: () => unknown, endpointAnswer: () => unknown) {
    const base = registry();
    const answers = fakeClient({
      ListPipelineExecutions: () => ({
        PipelineExecutionSummaries: [
          {
            PipelineExecutionArn: "arn:execution/1",
            PipelineExecutionStatus: "Failed",
            StartTime: new Date("2026-01-01T00:00:00Z"),
          },
        ],
      }),
      DescribePipelineExecution: () => ({ FailureReason: "Step failure" }),
      ListPipelineExecutionSteps: ({ PipelineExecutionArn }) => ({
        PipelineExecutionSteps: [
          { StepName: "TrainingSet", StepStatus: "Succeeded" },
          {
            StepName: "Train",
            StepStatus: "Failed",
            FailureReason: `Out of memory in ${String(PipelineExecutionArn)}.`,
          },
        ],
      }),
      DescribeEndpoint: endpointAnswer,
      ListModelPackages: (input) =>
        (base.client as { send: (command: object) => unknown }).send({
          constructor: { name: "ListModelPackagesCommand" },
          input,
        }),
      DescribeModelPackage: () => ({
        CustomerMetadataProperties: { "metric:macro_f1": "0.75123" },
      }),
    });
    const s3 = fakeClient({ GetObject: lockAnswer });
    return { clients: { sagemaker: answers.client, s3: s3.client }, s3 };
  }

  const served = {
    ...stackOutputs,
    endpoint: { name: "e-1", variantName: "main", modelPackageArn: "arn:package/2" },
  };
  const present = () => ({
    Body: { transformToString: () => Promise.resolve(JSON.stringify(lock)) },
  });
  const live = () => ({
    EndpointStatus: "InService",
    ProductionVariants: [{ CurrentInstanceCount: 2 }],
  });

  it("reports job, training, endpoint and models", async () => {
    const { clients: both, s3 } = clients(present, live);
    const status = await readStatus(both, served);
    expect(s3.sent[0].input).to.deep.equal({
      Bucket: "artifacts-1",
      Key: "checkpoints/1.lock.json",
    });
    expect(status).to.deep.include({
      job: lock,
      training: {
        status: "Failed",
        startedAt: "2026-01-01T00:00:00.000Z",
        reason: "Step Train: Out of memory in arn:execution/1.",
      },
      endpoint: {
        name: "e-1",
        status: "InService",
        instances: 2,
        modelPackageArn: "arn:package/2",
      },
      apiUrl: stackOutputs.api.url,
    });
    const text = formatStatus(status);
    for (const part of ["running, batch 7", "): Step Train: Out of", "2 instances", "0.7512"]) {
      expect(text).to.contain(part);
    }
  });

  it("says how far the job is behind, and in which shard", async () => {
    const job = async (lag: object) => {
      const answer = () => ({
        Body: {
          transformToString: () => Promise.resolve(JSON.stringify({ ...lock, ...lag })),
        },
      });
      return formatStatus(await readStatus(clients(answer, live).clients, served));
    };
    expect(await job({ behindSeconds: 2.5, behindShard: "shardId-1" })).to.contain(
      "running, batch 7, 2.5 s behind the stream in shardId-1, last heartbeat",
    );
    expect(await job({ behindSeconds: 0 })).to.contain("batch 7, 0 s behind the stream, last");
    expect(await job({})).to.contain("running, batch 7, last heartbeat");
  });

  it("says why the job has failed", async () => {
    const reason = "Access Denied for the bucket lake.";
    const failed = () => ({
      Body: {
        transformToString: () =>
          Promise.resolve(JSON.stringify({ ...lock, state: "failed", reason })),
      },
    });
    const status = await readStatus(clients(failed, live).clients, served);
    expect(status.job?.reason).to.equal(reason);
    expect(formatStatus(status)).to.contain(
      `failed, batch 7, last heartbeat ${lock.heartbeat}, ${reason}`,
    );
  });

  it("reports what does not exist yet", async () => {
    const { clients: both } = clients(() => missing("NoSuchKey"), live);
    const text = formatStatus({ ...(await readStatus(both, stackOutputs)), models: [] });
    expect(text).to.contain("never started").and.contain("approve a model");
    expect(text).to.contain("No model is registered yet");
  });

  it("says why the last update of the endpoint was rolled back", async () => {
    const rolledBack = () => ({ EndpointStatus: "InService", FailureReason: "no ping" });
    const { endpoint } = await readStatus(clients(present, rolledBack).clients, served);
    expect(endpoint?.reason).to.equal("no ping");
    const shown = formatStatus({ endpoint, models: [], apiUrl: "https://api" });
    expect(shown).to.contain("the last update failed: no ping");
  });

  it("reports an endpoint that was deleted, and hides no other error", async () => {
    const gone = clients(present, () => missing("ValidationException")).clients;
    expect((await readStatus(gone, served)).endpoint?.status).to.contain("missing");
    const denied = clients(() => missing("AccessDenied"), live).clients;
    const error = await readStatus(denied, served).catch((caught: Error) => caught.name);
    expect(error).to.equal("AccessDenied");
  });

  it("leaves figures it does not have empty", () => {
    const metadata = { "metric:macro_f1": "nan" };
    expect(formatModels([{ version: 1, arn: "arn", approval: "Approved", metadata }]))
      .to.contain("Approved")
      .and.not.contain("NaN");
  });

  it("has a column for every figure that one of the models was measured by", () => {
    const model = (version: number, metadata: Record<string, string>) => ({
      ...{ version, arn: "arn", approval: "Approved" },
      createdAt: new Date("2026-01-02T03:04:05Z"),
      metadata,
    });
    const rows = formatModels([
      model(2, { "metric:recall_at_10": "0.5", "metric:ndcg": "0.25", margin: "-0.01" }),
      model(1, { "metric:ndcg": "0.2", margin: "0.2", workload: "other", "metric:auc": "1e-3" }),
    ])
      .split("\n")
      .filter((line) => line.includes("\u2502"))
      .map((line) => line.split("\u2502").map((cell) => cell.trim()));
    const registered = "2026-01-02T03:04:05.000Z";
    expect(rows.map((cells) => cells.slice(1, -1))).to.deep.equal([
      ["version", "approval", "auc", "ndcg", "recall_at_10", "margin", "registered"],
      ["2", "Approved", "", "0.2500", "0.5000", "-0.0100", registered],
      ["1", "Approved", "0.0010", "0.2000", "", "0.2000", registered],
    ]);
  });
});
