import { expect } from "chai";

import type { JobLock } from "../../contracts/jobLock";
import { StackOutputs } from "../../contracts/stackOutputs";
import { auditLake, waitForLake } from "../../local/demo/lake";
import type { Plan } from "../../local/engine/plan";
import { createRunDirectory } from "../../local/environment/run";
import { processesOfRun } from "../../local/environment/session";
import { LocalRun } from "../../local/run/localRun";
import { CLUSTER_MODE, OrphanedDriver } from "../reliability/orphan/orphanedDriver";
import { readJobLock } from "./jobLock";
import { filesHolding, secretKey, spellingsOf } from "./keyLeak";
import { Load } from "./load";
import { ProgramCopy } from "./programCopy";
import { SERVES_IT } from "./testedWorkload";

/** Records per second that never stop: some in every micro-batch. */
const RATE = 50;

/** A micro-batch every five seconds: what an upgrade does to them is the same as with one every second. */
const FEWER_BATCHES = { "streaming-ml:job.freshnessSeconds": 10 } as const;

const STEP = "pulumi-nodejs:dynamic/cluster:StreamingJobStep";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

/**
 * The streaming job's life on one machine, submitted as dev and prod do: real engine, real Spark, a load that never
 * pauses.
 *
 * Proves what an upgrade of the job changes and that no event is lost or doubled by it; not how EMR
 * and YARN behave.
 */
describe("a streaming job that is upgraded under load", () => {
  const quiet = (): void => undefined;
  let run: LocalRun;
  let program: ProgramCopy;
  let outputs: StackOutputs;
  let load: Load;
  let sentFile: string;

  before(async () => {
    const directory = createRunDirectory("job-upgrade");
    program = ProgramCopy.create(`${directory}/program`);
    run = await LocalRun.start(
      directory,
      { ...SERVES_IT, ...CLUSTER_MODE, ...FEWER_BATCHES },
      program.folder,
    );
    outputs = await run.deploy();
    sentFile = run.file("sent.jsonl");
    load = new Load(run, outputs.stream.name, sentFile, RATE);
    load.start();
  });

  after(async () => {
    await load?.stop().catch(quiet);
    await run?.stop();
  });

  const lock = (): Promise<JobLock> => readJobLock(run, outputs.job.lockUri);

  /** Stops the load and finds every record that was sent once, where it belongs. */
  async function everyRecordIsAccountedFor(): Promise<void> {
    await load.stop();
    await waitForLake(run, load.sent, quiet);
    const { events } = await auditLake(run, sentFile, outputs.lake, quiet);
    expect(events.sent).to.equal(load.sent);
    load.start();
  }

  it("changes one family of resources and loses or doubles nothing", async () => {
    const before = await lock();
    program.append("streaming_ml/query.py", "# The next release.");
    const plan = await run.stack.up();
    const changed = plan.resources.filter(({ operation }) => operation !== "same");
    const changes = changed.map(({ operation, type, name }) => [
      operation,
      type,
      name.replace(/[0-9a-f]{8}$/, "HASH"),
    ]);
    expect(changes).to.have.deep.members([
      ["create", OBJECT, "spark-code-streaming-job-package-HASH"],
      ["update", STEP, "streaming-job"],
      ["delete", OBJECT, "spark-code-streaming-job-package-HASH"],
    ]);
    const after = await lock();
    expect(after.state).to.equal("running");
    expect(after.specHash).to.not.equal(before.specHash);
    expect(after.owner).to.not.equal(before.owner);
    await everyRecordIsAccountedFor();
  });

  it("keeps the previous release running and fails with the reason when the new one cannot start", async () => {
    const before = await lock();
    const undo = program.append(
      "streaming_ml/query.py",
      'raise RuntimeError("this release cannot start")',
    );
    const failure = await run.stack.up().then(
      () => "it succeeded",
      (error: Error) => error.message,
    );
    expect(failure).to.contain("this release cannot start");
    expect(failure).to.contain(`The previous job runs again (spec ${before.specHash}`);
    const after = await lock();
    expect(after.state).to.equal("running");
    expect(after.specHash).to.equal(before.specHash);
    await everyRecordIsAccountedFor();

    // The failed release is taken back: nothing has to start anew. That nothing is left to change shows the next
    // deployment, of which every change is known.
    undo();
    await run.stack.up();
    expect((await lock()).owner).to.equal(after.owner);
  });

  it("leaks the keys of pseudonyms and quarantine nowhere", async () => {
    const keys = [await secretKey(run, "user-key"), await secretKey(run, "quarantine-key")];
    expect(keys.map(({ length }) => length)).to.deep.equal([44, 44]);
    expect(keys[0].equals(keys[1])).to.equal(false);
    const folder = `${run.runDirectory}/emr`;
    expect(filesHolding(run.runDirectory, keys.flatMap(spellingsOf))).to.deep.equal([]);
    // The same search finds what is there: query plans in event logs, and the driver's last words in its log.
    const plans = filesHolding(folder, [Buffer.from("physicalPlanDescription")]);
    expect(plans.length).to.be.greaterThan(0);
    expect(plans.every((file) => file.includes("event-log"))).to.equal(true);
    expect(filesHolding(folder, [Buffer.from("Stopped at a batch boundary")])).to.not.deep.equal(
      [],
    );
  });

  it("continues with a new key of the quarantine, after a driver that outlived its step has stopped", async () => {
    const job = new OrphanedDriver(run, outputs);
    const { owner } = await job.leave();
    await run.stack.setConfig({ "streaming-ml:lake.quarantineKeyVersion": 2 });
    let resources: Plan["resources"] = [];
    const { owners, orphan, killed, secondsBetween } = await job.follow(async () => {
      ({ resources } = await run.stack.up());
    });
    expect(owners).to.deep.equal([owner, (await lock()).owner]);
    expect(orphan).to.include({ owner, state: "stopped" });
    expect(killed).to.deep.equal([]);
    expect(secondsBetween).to.be.at.least(0);
    const changed = resources.filter(({ operation }) => operation !== "same");
    expect(
      changed.map(({ operation, type, name }) => [operation, type, name]),
    ).to.have.deep.members([
      ["create", SECRET_VERSION, "lake-quarantine-key-v2"],
      ["update", STEP, "streaming-job"],
      // The engine hands the whole configuration to the provider of dynamic resources.
      ["update", "pulumi:providers:pulumi-nodejs", "default"],
      ["delete", SECRET_VERSION, "lake-quarantine-key-v1"],
    ]);
    // What the old key encrypted stays readable: the audit decrypts refused records of both.
    await everyRecordIsAccountedFor();
  });

  it("has its events compacted while it runs", async () => {
    await run.node(
      "ops/main.ts",
      ["compact", "--stack", "local", "--wait", "--include-open-hours"],
      quiet,
    );
    const printed = await run.python(
      "tests.python.clients.history_contents",
      [outputs.lake.bucket, run.workload],
      quiet,
    );
    const history = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as Record<string, number>;
    expect(history.rows).to.be.greaterThan(0);
    expect(history).to.deep.include({ doubled: 0, missing: 0, unknown: 0 });
    expect(history.files).to.be.lessThan(history.filesBefore);
    await everyRecordIsAccountedFor();
  });

  it("goes with the stack and leaves no process", async () => {
    await load.stop();
    await run.destroy();
    await run.stop();
    expect(processesOfRun(run.runDirectory)).to.deep.equal([]);
  });
});
