import { expect } from "chai";

import { followCompaction, readScheduledStep, startCompaction } from "../../ops/compaction";
import { Failure } from "../../ops/failure";
import { fakeClient } from "./fakeClient";

const REQUEST = {
  JobFlowId: "j-1",
  Steps: [
    {
      Name: "compaction",
      ActionOnFailure: "CONTINUE" as const,
      HadoopJarStep: {
        Jar: "command-runner.jar",
        Args: ["spark-submit", "job.py", "--keep-days", "3"],
      },
    },
  ],
};

describe("compaction by hand", () => {
  it("sends what the schedule would send", async () => {
    const scheduler = fakeClient({
      GetSchedule: () => ({ Target: { Input: JSON.stringify(REQUEST) } }),
    });
    const request = await readScheduledStep(scheduler.client, "compaction-schedule");
    expect(scheduler.sent[0].input).to.deep.equal({ Name: "compaction-schedule" });
    const emr = fakeClient({ AddJobFlowSteps: () => ({ StepIds: ["s-1"] }) });
    expect(await startCompaction(emr.client, request, false)).to.deep.equal({
      clusterId: "j-1",
      stepId: "s-1",
    });
    expect(emr.sent[0].input).to.deep.equal(REQUEST);
  });

  it("adds to it only that open hours are wanted too", async () => {
    const { client, sent } = fakeClient({ AddJobFlowSteps: () => ({ StepIds: ["s-1"] }) });
    await startCompaction(client, REQUEST, true);
    const [step] = sent[0].input.Steps as (typeof REQUEST)["Steps"];
    expect(step.HadoopJarStep.Args).to.deep.equal([
      ...["spark-submit", "job.py", "--keep-days", "3"],
      "--include-open-hours",
    ]);
  });

  it("does not make up a request for a schedule that holds none", async () => {
    const { client } = fakeClient({ GetSchedule: () => ({ Target: {} }) });
    const error = await readScheduledStep(client, "c").catch((failure: Error) => failure);
    expect(error).to.be.instanceOf(Failure);
    expect((error as Error).message).to.contain('The schedule "c" holds no request');
  });

  it("waits, and says each state once", async () => {
    const states = ["PENDING", "RUNNING", "RUNNING", "COMPLETED"];
    const { client } = fakeClient({
      DescribeStep: () => ({ Step: { Status: { State: states.shift() } } }),
    });
    const lines: string[] = [];
    const follower = { show: (line: string) => lines.push(line), sleep: () => Promise.resolve() };
    await followCompaction(client, { clusterId: "j-1", stepId: "s-1" }, follower);
    expect(lines).to.deep.equal(["PENDING  step s-1", "RUNNING  step s-1", "COMPLETED  step s-1"]);
  });

  for (const state of ["FAILED", "CANCELLED", "INTERRUPTED"]) {
    it(`fails with EMR's reason when the step is ${state}`, async () => {
      const { client } = fakeClient({
        DescribeStep: () => ({
          Step: {
            Status: { State: state, FailureDetails: { Reason: "exit 1", LogFile: "s3://l" } },
          },
        }),
      });
      const follower = { show: () => undefined, sleep: () => Promise.resolve() };
      const error = await followCompaction(client, { clusterId: "j", stepId: "s" }, follower).catch(
        (failure: Error) => failure,
      );
      expect((error as Error).message).to.equal(
        `The compaction (step s on cluster j) is ${state}: exit 1. Its log is s3://l. ` +
          "No event is lost: run it again.",
      );
    });
  }
});
