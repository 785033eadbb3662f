import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { STACK_OUTPUT_NAME } from "../../contracts/stackOutputs";
import { followExecution, startExecution } from "../../ops/execution";
import { Failure } from "../../ops/failure";
import { chooseModel, listModels, setApproval } from "../../ops/registry";
import { readOutputs, requireAccount } from "../../ops/stack";
import { parseParameters, trainingParameters } from "../../ops/trainingParameters";
import { stackOutputs } from "../contracts/stackOutputsExample";
import { fakeClient } from "./fakeClient";
import { registry } from "./fakeRegistry";

async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(Failure);
    return (error as Error).message;
  }
  throw new Error("It was expected to fail, and did not.");
}

describe("parameters of a training", () => {
  it("are name and value, the value with any equals signs it has", () => {
    expect(parseParameters(["Epochs=4", "Note=a=b", "Empty="])).to.deep.equal({
      Epochs: "4",
      Note: "a=b",
      Empty: "",
    });
    expect(parseParameters([])).to.deep.equal({});
  });

  it("are refused without a name or twice", () => {
    expect(() => parseParameters(["Epochs"])).to.throw(Failure, "Received: Epochs");
    expect(() => parseParameters(["=4"])).to.throw(Failure, "name=value");
    expect(() => parseParameters(["Epochs=4", "Epochs=5"])).to.throw(Failure, "given twice");
  });

  it("say with what to compare the candidate, once", () => {
    expect(trainingParameters(["Epochs=4"], "none")).to.deep.equal({
      Epochs: "4",
      CompareWith: "none",
    });
    expect(trainingParameters(["Epochs=4"])).to.deep.equal({ Epochs: "4" });
    expect(() => trainingParameters(["CompareWith=approved"], "none")).to.throw(
      Failure,
      "The parameter CompareWith is given twice.",
    );
  });

  it("override the pipeline's defaults", async () => {
    const { client, sent } = fakeClient({
      StartPipelineExecution: () => ({ PipelineExecutionArn: "arn:execution" }),
    });
    expect(await startExecution(client, "pipeline", { Epochs: "4" })).to.equal("arn:execution");
    expect(sent[0].input.PipelineParameters).to.deep.equal([{ Name: "Epochs", Value: "4" }]);
  });
});

describe("following a training", () => {
  const time = (seconds: number): Date => new Date(seconds * 1000);

  function execution(looks: { status: string; steps: object[]; reason?: string }[]) {
    let look = -1;
    const current = () => looks[Math.min(look, looks.length - 1)];
    return fakeClient({
      DescribePipelineExecution: () => {
        look += 1;
        return { PipelineExecutionStatus: current().status, FailureReason: current().reason };
      },
      ListPipelineExecutionSteps: () => ({ PipelineExecutionSteps: current().steps }),
    });
  }

  const follower = (lines: string[]) => ({
    show: (line: string) => void lines.push(line),
    sleep: () => Promise.resolve(),
  });

  it("shows each change of a step once and ends with the registered model", async () => {
    const train = { StepName: "Train", StepStatus: "Executing", StartTime: time(0) };
    const done = { ...train, StepStatus: "Succeeded", EndTime: time(42) };
    const register = {
      StepName: "RegisterModel",
      StepStatus: "Succeeded",
      Metadata: { RegisterModel: { Arn: "arn:package/4" } },
    };
    const { client } = execution([
      { status: "Executing", steps: [train] },
      { status: "Executing", steps: [train] },
      { status: "Succeeded", steps: [done, register] },
    ]);
    const lines: string[] = [];
    expect(await followExecution(client, "arn:execution", follower(lines))).to.equal(
      "arn:package/4",
    );
    expect(lines).to.deep.equal([
      "Train: Executing",
      "Train: Succeeded after 42 s",
      "RegisterModel: Succeeded",
    ]);
  });

  it("sees the end soon, and asks seldom of what takes hours", async () => {
    const looksAt = async (seconds: number): Promise<{ late: number; looks: number }> => {
      let now = 0;
      let looks = 0;
      const registered = { StepName: "R", Metadata: { RegisterModel: { Arn: "arn:package/1" } } };
      const { client } = fakeClient({
        DescribePipelineExecution: () => {
          looks += 1;
          return { PipelineExecutionStatus: now < seconds * 1000 ? "Executing" : "Succeeded" };
        },
        ListPipelineExecutionSteps: () => ({ PipelineExecutionSteps: [registered] }),
      });
      const sleep = (milliseconds: number): Promise<void> => {
        now += milliseconds;
        return Promise.resolve();
      };
      await followExecution(client, "arn:execution", { show: () => undefined, sleep });
      return { late: now / 1000 - seconds, looks };
    };
    expect((await looksAt(90)).late).to.be.lessThan(2);
    const long = await looksAt(2 * 3600);
    expect(long.late).to.be.lessThan(15);
    expect(long.looks).to.be.lessThan(700);
  });

  it("fails with the reason of the step that failed", async () => {
    const steps = [
      { StepName: "Train", StepStatus: "Succeeded" },
      { StepName: "RefuseModel", StepStatus: "Failed", FailureReason: "Its auc is 0.2." },
    ];
    const { client } = execution([{ status: "Failed", steps, reason: "Step failure" }]);
    const message = await failureOf(followExecution(client, "arn:execution", follower([])));
    expect(message).to.contain("failed (arn:execution)").and.contain("RefuseModel: Its auc");
  });

  it("fails when it was stopped, and when nothing was registered", async () => {
    const stopped = execution([{ status: "Stopped", steps: [] }]).client;
    expect(await failureOf(followExecution(stopped, "arn:e", follower([])))).to.contain("stopped");
    const empty = execution([{ status: "Succeeded", steps: [] }]).client;
    expect(await failureOf(followExecution(empty, "arn:e", follower([])))).to.contain(
      "registered no model",
    );
  });
});

describe("choosing a model", () => {
  const any = () => true;

  it("takes the version that is named, or the newest that fits", async () => {
    const choose = async (wanted: string, fits: (model: { approval: string }) => boolean) =>
      (await chooseModel(registry().client, "models", wanted, fits)).version;
    expect(await choose("latest", any)).to.equal(3);
    expect(await choose("latest", ({ approval }) => approval === "Approved")).to.equal(2);
    expect(await choose("1", any)).to.equal(1);
  });

  it("says which versions there are when it finds none", async () => {
    const missing = await failureOf(chooseModel(registry().client, "models", "9", any));
    expect(missing)
      .to.contain("no version 9")
      .and.contain("3 (PendingManualApproval), 2 (Approved)");
    const empty = await failureOf(chooseModel(registry([]).client, "models", "latest", any));
    expect(empty).to.contain("train one first");
  });

  it("sets the approval of exactly that package", async () => {
    const { client, sent } = registry();
    const [model] = await listModels(client, "models", 5);
    await setApproval(client, model, "Rejected");
    expect(sent.at(-1)).to.deep.equal({
      command: "UpdateModelPackage",
      input: { ModelPackageArn: "arn:package/3", ModelApprovalStatus: "Rejected" },
    });
  });
});

describe("the account guard", () => {
  it("accepts the stack's own account, and names both when it is another", async () => {
    const identity = (Account: string) =>
      fakeClient({ GetCallerIdentity: () => ({ Account }) }).client;
    await requireAccount("dev", stackOutputs, identity("123456789012"));
    expect(await failureOf(requireAccount("dev", stackOutputs, identity("999999999999"))))
      .to.contain("123456789012")
      .and.contain("999999999999");
  });
});

describe("the Pulumi CLI of operations", () => {
  const { PATH } = process.env;
  const folder = mkdtempSync(join(tmpdir(), "pulumi-on-path-"));

  afterEach(() => {
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  });

  it("is the one on PATH: one that setup built opens no state outside this machine", async () => {
    const outputs = JSON.stringify({ [STACK_OUTPUT_NAME]: stackOutputs });
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat <<'END'\n${outputs}\nEND\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${folder}${delimiter}${PATH}`;
    expect(await readOutputs({ stack: "dev" })).to.deep.equal(stackOutputs);
  });
});
