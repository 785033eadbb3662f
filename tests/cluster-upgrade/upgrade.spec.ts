/** Prod's cluster through its life: the real engine, the offline provider, the local EMR service. */
import type { StepSummary } from "@aws-sdk/client-emr";
import { expect } from "chai";
import * as fs from "node:fs";
import { join } from "node:path";

import type { Plan } from "../../local/engine/plan";
import { ProdOnOneMachine } from "./prodOnOneMachine";

// Proves what the engine and the program do; EMR's answers are those of the stand-in.

const changed = (plan: Plan) =>
  plan.resources
    .filter(({ operation, type }) => operation !== "same" && !type.startsWith("pulumi:providers:"))
    .map(({ name, operation }) => `${operation} ${name}`)
    .sort();

const replaced = (plan: Plan) => changed(plan).filter((change) => change.startsWith("replace "));

const TASK_TYPES = ["m7g.2xlarge", "m6g.2xlarge", "r7g.2xlarge", "r6g.2xlarge"];

const isJob = ({ Config }: StepSummary) => Config!.Args![0] === "spark-submit";

async function failure(operation: Promise<unknown>): Promise<string> {
  return operation.then(
    () => {
      throw new Error("expected a failure");
    },
    (error: Error) => error.message,
  );
}

describe("prod's cluster, from one release to the next", function () {
  this.timeout(240_000);
  // One life: after a failure the rest would only repeat it.
  this.bail(true);
  let prod: ProdOnOneMachine;
  let first: string;

  before(async () => {
    prod = await ProdOnOneMachine.start();
  });

  after(async () => {
    await prod?.stop();
  });

  const running = async (id: string) =>
    (await prod.steps(id)).filter(({ Status }) => Status?.State === "RUNNING");

  it("starts protected, with a task fleet, limits of scaling and a job that runs", async () => {
    await prod.configure({ "streaming-ml:cluster.releaseLabel": "emr-7.13.0" });
    await prod.stack.up();
    first = await prod.clusterId();
    const { TerminationProtected, ReleaseLabel } = await prod.cluster(first);
    expect({ TerminationProtected, ReleaseLabel }).to.deep.equal({
      TerminationProtected: true,
      ReleaseLabel: "emr-7.13.0",
    });
    expect(await prod.scalingLimits(first)).to.include({
      MinimumCapacityUnits: 3,
      MaximumCapacityUnits: 8,
    });
    expect(await running(first)).to.have.length(1);
  });

  it("replaces nothing when code, the job's settings or tags change", async () => {
    const file = join(prod.codeRoot, "spark", "streaming_job.py");
    const code = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, `${code}\n# Another version.\n`);
    const tags = { tags: { project: "streaming-ml", stack: "prod" } };
    await prod.configure({
      "aws:defaultTags": { tags: { ...tags.tags, owner: "somebody else" } },
      "streaming-ml:job.deduplicationMinutes": 90,
    });
    const plan = await prod.stack.preview();
    fs.writeFileSync(file, code);
    await prod.configure({ "aws:defaultTags": tags, "streaming-ml:job.deduplicationMinutes": 60 });
    expect(replaced(plan)).to.deep.equal([]);
    expect(changed(plan)).to.include("update streaming-job");
    expect(changed(plan).join()).to.match(/create spark-code-streaming-job-[0-9a-f]{8}/);
  });

  it("changes limits of scaling without the cluster, and is not left without limits", async () => {
    await prod.configure({ "streaming-ml:cluster.scaling.maximumUnits": 30 });
    // EMR's policy has no update, so it alone is put anew.
    expect(changed(await prod.stack.up())).to.deep.equal(["replace spark-scaling"]);
    expect(await prod.scalingLimits(first)).to.include({ MaximumCapacityUnits: 30 });
  });

  it("lets managed scaling move its fleets, also when a refresh has seen it", async () => {
    await prod.scale(first, "CORE", 6, 0);
    await prod.scale(first, "TASK", 0, 9);
    const refreshed = await prod.stack.refresh();
    const seen = changed(refreshed).filter((change) => /spark(-task)?$/.test(change));
    expect(seen, "the refresh saw it").to.deep.equal(["update spark", "update spark-task"]);
    expect(changed(await prod.stack.preview())).to.deep.equal([]);
  });

  it("refuses to plan another release while it is protected", async () => {
    await prod.configure({ "streaming-ml:cluster.releaseLabel": "emr-7.14.0" });
    expect(await failure(prod.stack.preview())).to.match(
      /unable to replace resource .*::spark"?\s+as it is currently marked for protection/,
    );
    await prod.configure({ "streaming-ml:cluster.releaseLabel": "emr-7.13.0" });
    expect(await prod.activeClusters()).to.deep.equal([first]);
  });

  it("loses its protection in place, while the job continues", async () => {
    const [job] = await running(first);
    await prod.configure({
      "streaming-ml:cluster.terminationProtection": false,
      "streaming-ml:cluster.unhealthyNodeReplacement": false,
    });
    expect(changed(await prod.stack.up())).to.deep.equal(["update spark"]);
    expect((await prod.cluster(first)).TerminationProtected).to.equal(false);
    expect((await running(first)).map(({ Id }) => Id)).to.deep.equal([job.Id]);
  });

  it("ends a driver that has outlived its step before the job starts again", async () => {
    const [job] = await running(first);
    const { owner } = prod.writers().at(-1)!;
    await prod.cancel(first, job.Id!);
    expect(await running(first)).to.deep.equal([]);
    expect(prod.writers().at(-1)).to.include({ event: "took", owner });
    expect(changed(await prod.stack.up())).to.deep.equal(["update streaming-job"]);
    expect(prod.writers().slice(-2)).to.containSubset([
      { event: "left", owner },
      { event: "took", cluster: first },
    ]);
    expect(await running(first)).to.have.length(1);
  });

  it("keeps the old cluster, with the old job running, when the job does not start on the new one", async () => {
    await prod.configure({
      "streaming-ml:cluster.releaseLabel": "emr-7.14.0",
      "streaming-ml:job.spark.settings": { "spark.test.broken": "true" },
    });
    const message = await failure(prod.stack.up());
    expect(message).to.contain("Failed to find data source: aws-kinesis");
    expect(message).to.contain("The previous job runs again");
    expect(await prod.activeClusters())
      .to.have.length(2)
      .and.include(first);
    expect(await running(first)).to.have.length(1);
  });

  it("moves the job to the new cluster, never two at once, and ends the old cluster last", async () => {
    await prod.configure({ "streaming-ml:job.spark.settings": {} });
    await prod.stack.up();
    const second = await prod.clusterId();
    expect(second).to.not.equal(first);
    expect(await prod.activeClusters()).to.deep.equal([second]);
    expect((await prod.cluster(second)).ReleaseLabel).to.equal("emr-7.14.0");

    const writers = prod.writers();
    // Whoever took the checkpoint left it before the next one took it.
    expect(writers.map(({ event }) => event)).to.deep.equal(
      writers.map((_, index) => (index % 2 === 0 ? "took" : "left")),
    );
    const [left, took] = writers.slice(-2);
    expect([left.cluster, took.cluster]).to.deep.equal([first, second]);
    const arrived = (await prod.cluster(second)).Status!.Timeline!.CreationDateTime!;
    const gone = (await prod.cluster(first)).Status!.Timeline!.EndDateTime!;
    const order = [arrived.getTime(), left.at * 1000, took.at * 1000, gone.getTime()];
    expect(order, "new cluster, old job, new job, old cluster").to.deep.equal(
      [...order].sort((earlier, later) => earlier - later),
    );

    const checkpoint = ({ Config }: StepSummary) =>
      Config!.Args![Config!.Args!.indexOf("--checkpoint-uri") + 1];
    const [now] = await running(second);
    const before = (await prod.steps(first)).filter(isJob).at(-1)!;
    expect(checkpoint(now)).to.equal(checkpoint(before));
  });

  it("is refused by EMR when its protection was not given up first, and finishes once it is", async () => {
    const second = await prod.clusterId();
    // Three primaries: EMR protected the new cluster, whatever it was asked.
    expect((await prod.cluster(second)).TerminationProtected).to.equal(true);
    await prod.configure({ "streaming-ml:cluster.core.instanceTypes": ["m8g.2xlarge"] });
    expect(await failure(prod.stack.up())).to.contain("termination protected");
    const third = await prod.clusterId();
    expect(await prod.activeClusters()).to.have.members([second, third]);
    expect(await running(second)).to.deep.equal([]);
    expect(await running(third)).to.have.length(1);
    await prod.unprotect(second);
    await prod.stack.up();
    expect(await prod.activeClusters()).to.deep.equal([third]);
  });

  it("plans another cluster for another task fleet, which EMR would neither change nor exchange", async () => {
    await prod.configure({ "streaming-ml:cluster.task.instanceTypes": ["r8g.2xlarge"] });
    expect(replaced(await prod.stack.preview())).to.include.members([
      "replace spark",
      "replace spark-task",
    ]);
  });

  describe("once it has ended", () => {
    let ended: string;

    before(async () => {
      await prod.configure({
        "streaming-ml:cluster.task.instanceTypes": TASK_TYPES,
        "streaming-ml:cluster.terminationProtection": true,
        "streaming-ml:cluster.unhealthyNodeReplacement": true,
        "streaming-ml:job.enabled": false,
      });
      await prod.stack.up();
      ended = await prod.clusterId();
      await prod.unprotect(ended);
      await prod.end(ended);
    });

    it("stays deleted while the job is switched off, whatever is changed about it", async () => {
      await prod.configure({ "streaming-ml:cluster.scaling.maximumUnits": 31 });
      expect(changed(await prod.stack.up())).to.deep.equal([]);
      expect(await prod.activeClusters()).to.deep.equal([]);
    });

    it("is replaced by one plain up when the job is switched on, though it was protected", async () => {
      await prod.configure({ "streaming-ml:job.enabled": true });
      await prod.stack.up();
      const next = await prod.clusterId();
      expect(await prod.activeClusters()).to.deep.equal([next]);
      expect(await prod.cluster(next)).to.include({
        Name: `upgrade-spark-after-${ended}`,
        TerminationProtected: true,
      });
      expect(await running(next)).to.have.length(1);
      expect(await prod.scalingLimits(next)).to.include({ MaximumCapacityUnits: 31 });
      expect(changed(await prod.stack.preview())).to.deep.equal([]);
    });
  });
});
