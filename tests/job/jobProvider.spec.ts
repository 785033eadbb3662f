import { expect } from "chai";

import { JobProvider } from "../../components/job/jobProvider";
import type { JobInputs, JobState } from "../../components/job/jobSpec";
import { deployed, failureOf, FakeJob, providerFor, spec } from "./fakeJob";

describe("streaming job resource", () => {
  describe("create", () => {
    it("is done when the job's own lock shows a completed trigger", async () => {
      const fake = new FakeJob();
      const { id, outs } = await providerFor(fake).create(spec("one"));
      expect(id).to.equal("streaming-job");
      expect(fake.log).to.deep.equal(["start one on j-1"]);
      expect((outs as JobState).verified).to.equal(true);
      expect((outs as JobState).running).to.deep.equal({
        clusterId: "j-1",
        command: ["spark-submit", "job.py", "one"],
        specHash: "one",
        lockKey: "checkpoints/1.lock.json",
        stopKey: "checkpoints/1.stop",
        stepId: "s-1",
      });
    });

    it("does not take a RUNNING step for a job that reads", async () => {
      const { message, properties } = await failureOf(
        providerFor(new FakeJob({ one: "lockless" })).create(spec("one")),
      );
      expect(message).to.equal(
        'Streaming job "streaming-job" completed no micro-batch within 60 seconds: step s-1 on cluster j-1 is RUNNING, ' +
          "its lock was never written. Look at the step's log, or raise job.readinessTimeoutSeconds if the cluster " +
          "is only slow. No streaming job runs now; its place in the stream is kept.",
      );
      expect(properties).to.include({ verified: false, running: null, lastGood: null });
    });

    it("ends what it started but could not get ready", async () => {
      const fake = new FakeJob({ one: "hanging" });
      await failureOf(providerFor(fake).create(spec("one")));
      expect(fake.log).to.deep.equal(["start one on j-1", "ask to stop", "stopped one"]);
    });

    it("gives EMR's reason when the step ends first, and a state the next up starts from", async () => {
      const failure = await failureOf(
        providerFor(new FakeJob({ one: "crashing" })).create(spec("one")),
      );
      expect(failure.message).to.equal(
        'Streaming job "streaming-job" ended before its first micro-batch: step s-1 on cluster j-1 is FAILED ' +
          "(exit code 1; log: s3://logs/stderr). No streaming job runs now; its place in the stream is kept.",
      );
      expect(failure.id).to.equal("streaming-job");
      expect(failure.reasons).to.deep.equal([failure.message]);
      expect(failure.properties?.verified).to.equal(false);
    });

    it("gives the job's own reason beside EMR's when it left one", async () => {
      const { message } = await failureOf(
        providerFor(new FakeJob({ one: "failing" })).create(spec("one")),
      );
      expect(message).to.contain(
        "is FAILED (Access Denied for the bucket lake; exit code 1; log: s3://logs/stderr).",
      );
    });

    it("names the holder of the checkpoint when the job was refused", async () => {
      const { message } = await failureOf(
        providerFor(new FakeJob({ one: "refused" })).create(spec("one")),
      );
      expect(message).to.contain(
        "is FAILED (application application_else holds the checkpoint: stop it first; exit code 1; log: " +
          "s3://logs/stderr).",
      );
    });

    it("says why a job that never becomes ready starts its query again and again", async () => {
      const { message } = await failureOf(
        providerFor(new FakeJob({ one: "restarting" })).create(spec("one")),
      );
      expect(message)
        .to.contain("completed no micro-batch within 60 seconds")
        .and.match(/heartbeat \S+, last failure: The stream s is not there\. Look at/);
    });

    it("starts nothing when the job is switched off", async () => {
      const fake = new FakeJob();
      const { outs } = await providerFor(fake).create(spec("one", { enabled: false }));
      expect(fake.log).to.deep.equal([]);
      expect(outs).to.include({ verified: true, running: null });
    });

    it("leaves everything as it was, the state included, where it cannot connect", async () => {
      const refused = new JobProvider(() => Promise.reject(new Error("another account")));
      const failure = await failureOf(refused.create(spec("one")));
      expect(failure.message).to.equal("another account");
      expect(failure.properties).to.equal(undefined);
    });

    it("does not mistake the lock of a job that died a moment ago for its own", async () => {
      const fake = new FakeJob();
      const old = await deployed(fake);
      fake.kill(old.running!.stepId);
      const { outs } = await providerFor(fake).create(spec("one"));
      expect((outs as JobState).running?.stepId).to.equal("s-2");
      expect(fake.objects.get("checkpoints/1.lock.json")?.owner).to.equal("s-2");
    });
  });

  describe("diff", () => {
    const differs = async (fake: FakeJob, olds: JobState, news: JobInputs) =>
      (await providerFor(fake).diff("streaming-job", olds, news)).changes;

    it("finds nothing while the configured job runs", async () => {
      const fake = new FakeJob();
      expect(await differs(fake, await deployed(fake), spec("one"))).to.equal(false);
    });

    it("never replaces: two jobs on one checkpoint must not meet", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      const result = await providerFor(fake).diff(
        "streaming-job",
        olds,
        spec("two", { clusterId: "j-2" }),
      );
      expect(result.changes).to.equal(true);
      expect(result).to.not.have.property("replaces");
    });

    it("finds an ended step, a stale heartbeat and a deleted cluster", async () => {
      const dead = new FakeJob();
      const first = await deployed(dead);
      dead.kill(first.running!.stepId);
      expect(await differs(dead, first, spec("one"))).to.equal(true);

      const stale = new FakeJob();
      const second = await deployed(stale);
      const lock = stale.objects.get("checkpoints/1.lock.json")!;
      const aged = (seconds: number) =>
        stale.objects.set("checkpoints/1.lock.json", {
          ...lock,
          heartbeat: new Date(stale.now() - seconds * 1000).toISOString(),
        });
      aged(59);
      expect(await differs(stale, second, spec("one"))).to.equal(false);
      aged(60);
      expect(await differs(stale, second, spec("one"))).to.equal(true);

      const gone = new FakeJob();
      const third = await deployed(gone);
      gone.clusters.delete("j-1");
      expect(await differs(gone, third, spec("one"))).to.equal(true);
    });

    it("tries again after a failure even when the inputs are unchanged", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      expect(await differs(fake, { ...olds, verified: false }, spec("one"))).to.equal(true);
    });

    it("knows from the state of an earlier release whether its deployment succeeded", async () => {
      const fake = new FakeJob();
      const { verified, ...rest } = await deployed(fake);
      const earlier = (settled: boolean) => ({ ...rest, settled }) as unknown as JobState;
      expect(await differs(fake, earlier(verified), spec("one"))).to.equal(false);
      expect(await differs(fake, earlier(false), spec("one"))).to.equal(true);
    });

    it("does not look at AWS for a job that is switched off", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake, spec("one", { enabled: false }));
      const provider = new JobProvider(() => Promise.reject(new Error("looked")));
      const news = spec("one", { enabled: false });
      expect((await provider.diff("streaming-job", olds, news)).changes).to.equal(false);
    });
  });

  it("reads a job that ended as one that is not as configured", async () => {
    const fake = new FakeJob();
    const olds = await deployed(fake);
    expect((await providerFor(fake).read("streaming-job", olds)).props?.verified).to.equal(true);
    fake.kill(olds.running!.stepId);
    expect((await providerFor(fake).read("streaming-job", olds)).props?.verified).to.equal(false);
  });
});
