import * as sdk from "@aws-sdk/client-sagemaker";
import { expect } from "chai";

import { type RemainsSpec, removeRemains } from "../../components/training/remains";
import { RemainsProvider } from "../../components/training/remainsProvider";

const spec: RemainsSpec = {
  region: "us-east-1",
  accountId: "123456789012",
  pipelineName: "streaming-ml-test",
  modelPackageGroupName: "streaming-ml-test",
  deleteModels: true,
};

/** A registry and a pipeline, on a clock that runs only while somebody sleeps. */
class FakeSageMaker {
  readonly log: string[] = [];
  models: string[] = [];
  /** Executions under way, with what they register when they stop. */
  executions = new Map<string, string | undefined>();
  stops = true;
  private clock = 0;

  readonly connection = {
    sdk,
    client: { send: (command: object) => this.answer(command as never) } as never,
    sleep: (milliseconds: number) => {
      this.clock += milliseconds;
      return Promise.resolve();
    },
    now: () => this.clock,
  };

  private answer(command: { constructor: { name: string }; input: Record<string, string> }) {
    const { input } = command;
    switch (command.constructor.name) {
      case "ListModelPackagesCommand":
        return this.page(this.models, input.NextToken, (ModelPackageArn) => ({ ModelPackageArn }));
      case "DeleteModelPackageCommand":
        this.log.push(`delete ${input.ModelPackageName}`);
        return Promise.resolve({});
      case "ListPipelineExecutionsCommand":
        return Promise.resolve({
          PipelineExecutionSummaries: [
            { PipelineExecutionArn: "old", PipelineExecutionStatus: "Succeeded" },
            ...[...this.executions.keys()].map((PipelineExecutionArn) => ({
              PipelineExecutionArn,
              PipelineExecutionStatus: "Executing",
            })),
          ],
        });
      default: {
        const arn = input.PipelineExecutionArn;
        this.log.push(`stop ${arn}`);
        if (this.stops) {
          const registered = this.executions.get(arn);
          this.models.push(...(registered === undefined ? [] : [registered]));
          this.executions.delete(arn);
        }
        return Promise.resolve({});
      }
    }
  }

  private page(all: string[], token: string | undefined, summary: (arn: string) => object) {
    const start = Number(token ?? 0);
    return Promise.resolve({
      ModelPackageSummaryList: all.slice(start, start + 2).map(summary),
      NextToken: start + 2 < all.length ? String(start + 2) : undefined,
    });
  }
}

async function failure(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => "it succeeded",
    (error: Error) => error.message,
  );
}

describe("what trainings leave", () => {
  it("goes completely: executions stop first, then every model is deleted", async () => {
    const sagemaker = new FakeSageMaker();
    sagemaker.models = ["m/1", "m/2", "m/3"];
    sagemaker.executions.set("run", "m/4");
    await removeRemains(sagemaker.connection, spec);
    expect(sagemaker.log).to.deep.equal([
      "stop run",
      "delete m/1",
      "delete m/2",
      "delete m/3",
      "delete m/4",
    ]);
  });

  it("stays untouched when the stack's data is not disposable", async () => {
    const sagemaker = new FakeSageMaker();
    sagemaker.models = ["m/1", "m/2", "m/3"];
    sagemaker.executions.set("run", undefined);
    const message = await failure(
      removeRemains(sagemaker.connection, { ...spec, deleteModels: false }),
    );
    expect(message).to.contain('"streaming-ml-test" holds 3 registered models');
    expect(message).to.contain("lake.deleteContents to true and run pulumi up");
    expect(sagemaker.log).to.deep.equal([]);
  });

  it("is nothing before the first training, whatever the stack says", async () => {
    for (const deleteModels of [true, false]) {
      const sagemaker = new FakeSageMaker();
      await removeRemains(sagemaker.connection, { ...spec, deleteModels });
      expect(sagemaker.log).to.deep.equal([]);
    }
  });

  it("is an error that names the execution when one does not stop", async () => {
    const sagemaker = new FakeSageMaker();
    sagemaker.executions.set("run", undefined);
    sagemaker.stops = false;
    const message = await failure(removeRemains(sagemaker.connection, spec));
    expect(message).to.contain("1 executions under way 900 seconds").and.to.contain("first run");
    expect(sagemaker.log).to.deep.equal(["stop run"]);
  });

  it("follows pipeline and group, and hears when its models become disposable", async () => {
    const provider = new RemainsProvider();
    const olds = { ...spec, deleteModels: false, revision: 1 };
    const differs = (change: object) => provider.diff("id", olds, { ...olds, ...change });
    expect((await differs({})).changes).to.equal(false);
    expect(await differs({ deleteModels: true })).to.deep.include({ changes: true, replaces: [] });
    expect((await differs({ modelPackageGroupName: "x" })).replaces).to.deep.equal([
      "modelPackageGroupName",
    ]);
  });
});
