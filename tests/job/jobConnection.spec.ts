import { expect } from "chai";

import {
  type JobClients,
  type JobConnection,
  jobConnection,
} from "../../components/job/jobConnection";

type Answers = Record<string, (input: Record<string, unknown>) => unknown>;

/** SDK clients that note each command and answer by its name. */
async function connection(
  answers: Answers,
): Promise<{ job: JobConnection; calls: [string, Record<string, unknown>][] }> {
  const calls: [string, Record<string, unknown>][] = [];
  const client = {
    send(command: { constructor: { name: string }; input: Record<string, unknown> }) {
      const name = command.constructor.name.replace(/Command$/, "");
      calls.push([name, command.input]);
      return Promise.resolve().then(() => answers[name](command.input));
    },
  };
  const clients = { emr: client, s3: client } as unknown as JobClients;
  return { job: await jobConnection(clients, "artifacts"), calls };
}

/** An error as the AWS SDK throws it. */
function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

function fails(name: string, message?: string): () => never {
  return () => {
    throw awsError(name, message);
  };
}

describe("the job's connection over the AWS SDK", () => {
  it("submits a step that leaves the cluster running when it fails", async () => {
    const { job, calls } = await connection({ AddJobFlowSteps: () => ({ StepIds: ["s-1"] }) });
    expect(await job.addStep("j-1", "streaming-job", ["spark-submit", "job.py"])).to.equal("s-1");
    expect(calls).to.deep.equal([
      [
        "AddJobFlowSteps",
        {
          JobFlowId: "j-1",
          Steps: [
            {
              Name: "streaming-job",
              ActionOnFailure: "CONTINUE",
              HadoopJarStep: { Jar: "command-runner.jar", Args: ["spark-submit", "job.py"] },
            },
          ],
        },
      ],
    ]);
  });

  it("does not go on without a step id", async () => {
    const { job } = await connection({ AddJobFlowSteps: () => ({}) });
    const message = await job
      .addStep("j-1", "streaming-job", [])
      .catch((error: Error) => error.message);
    expect(message).to.equal(
      'EMR accepted the step "streaming-job" on cluster j-1 but named no step id.',
    );
  });

  it("cancels a step's own process", async () => {
    const { job, calls } = await connection({ CancelSteps: () => ({}) });
    await job.cancelStep("j-1", "s-1");
    expect(calls[0][1]).to.deep.equal({
      ClusterId: "j-1",
      StepIds: ["s-1"],
      StepCancellationOption: "TERMINATE_PROCESS",
    });
  });

  it("puts together all EMR says about a failed step", async () => {
    const { job } = await connection({
      DescribeStep: () => ({
        Step: {
          Status: {
            State: "FAILED",
            FailureDetails: {
              Reason: "Unknown Error.",
              Message: "exit\n\t1",
              LogFile: "s3://l/stderr",
            },
            StateChangeReason: {},
          },
        },
      }),
    });
    expect(await job.stepStatus("j-1", "s-1")).to.deep.equal({
      state: "FAILED",
      reason: "Unknown Error.; exit 1; log: s3://l/stderr",
    });
  });

  it("treats an unknown id as deleted, but not a refused call", async () => {
    const unknown = await connection({
      DescribeStep: fails("InvalidRequestException", "Step id 's-9' is not valid."),
      DescribeCluster: fails("InvalidRequestException", "Cluster id 'j-9' is not valid."),
      GetObject: fails("NoSuchKey"),
    });
    expect(await unknown.job.stepStatus("j-9", "s-9")).to.equal(undefined);
    expect(await unknown.job.clusterAlive("j-9")).to.equal(false);
    expect(await unknown.job.readLock("lock")).to.equal(undefined);

    const refused = await connection({
      DescribeStep: fails("AccessDeniedException"),
      DescribeCluster: fails("AccessDeniedException"),
      GetObject: fails("AccessDenied"),
    });
    for (const call of [
      refused.job.stepStatus("j-1", "s-1"),
      refused.job.clusterAlive("j-1"),
      refused.job.readLock("lock"),
    ]) {
      expect(await (call as Promise<unknown>).catch((error: Error) => error.name)).to.match(
        /^AccessDenied/,
      );
    }
  });

  for (const [state, alive] of [
    ["STARTING", true],
    ["RUNNING", true],
    ["WAITING", true],
    ["TERMINATING", false],
    ["TERMINATED", false],
    ["TERMINATED_WITH_ERRORS", false],
  ] as const) {
    it(`counts a ${state} cluster as ${alive ? "running" : "ended"}`, async () => {
      const { job } = await connection({
        DescribeCluster: () => ({ Cluster: { Status: { State: state } } }),
      });
      expect(await job.clusterAlive("j-1")).to.equal(alive);
    });
  }

  it("reads the lock and sets and removes the stop marker in the artifact bucket", async () => {
    const lock = { owner: "o", specHash: "h" };
    const { job, calls } = await connection({
      GetObject: () => ({
        Body: { transformToString: () => Promise.resolve(JSON.stringify(lock)) },
      }),
      PutObject: () => ({}),
      DeleteObject: () => ({}),
    });
    expect(await job.readLock("checkpoints/1.lock.json")).to.deep.equal(lock);
    await job.putStopMarker("checkpoints/1.stop");
    await job.removeStopMarker("checkpoints/1.stop");
    expect(calls).to.deep.equal([
      ["GetObject", { Bucket: "artifacts", Key: "checkpoints/1.lock.json" }],
      ["PutObject", { Bucket: "artifacts", Key: "checkpoints/1.stop", Body: "stop" }],
      ["DeleteObject", { Bucket: "artifacts", Key: "checkpoints/1.stop" }],
    ]);
  });
});
