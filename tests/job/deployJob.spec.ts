import { expect } from "chai";

import type { JobInputs, JobState } from "../../components/job/jobSpec";
import { deployed, failureOf, FakeJob, providerFor, spec } from "./fakeJob";

describe("streaming job resource, once it runs", () => {
  describe("update", () => {
    const update = (fake: FakeJob, olds: JobState, news: JobInputs) =>
      providerFor(fake).update("streaming-job", olds, news);

    it("stops the old job at a micro-batch boundary, then starts the new one", async () => {
      const fake = new FakeJob();
      const { outs } = await update(fake, await deployed(fake), spec("two"));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one", "start two on j-1"]);
      expect((outs as JobState).lastGood?.specHash).to.equal("two");
      expect(fake.markers.size).to.equal(0);
    });

    it("kills through YARN a job that does not obey the stop marker", async () => {
      const fake = new FakeJob({ one: "deaf" });
      await update(fake, await deployed(fake), spec("two"));
      expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1", "start two on j-1"]);
    });

    it("starts nothing beside a job it cannot end", async () => {
      const fake = new FakeJob({ one: "deaf" });
      const olds = await deployed(fake);
      fake.killable = false;
      const { message, properties } = await failureOf(update(fake, olds, spec("two")));
      expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1"]);
      expect(message).to.equal(
        'Streaming job "streaming-job" did not stop within 30 seconds, and killing application application_s-1 did ' +
          'not end it within 180 seconds (step s-2 is COMPLETED). Run "yarn application -kill application_s-1" on ' +
          "the primary node of the cluster it runs on (ours is j-1), then run pulumi up again. Nothing was changed.",
      );
      expect(properties?.running).to.deep.equal(olds.running);
      expect(properties?.verified).to.equal(false);
    });

    it("returns to the last good job when the new one does not become ready, and fails with the reason", async () => {
      const fake = new FakeJob({ two: "crashing" });
      const olds = await deployed(fake);
      const { message, properties } = await failureOf(update(fake, olds, spec("two")));
      expect(fake.log).to.deep.equal([
        "ask to stop",
        "stopped one",
        "start two on j-1",
        "start one on j-1",
      ]);
      expect(message).to.contain(
        "ended before its first micro-batch: step s-2 on cluster j-1 is FAILED",
      );
      expect(message).to.contain("The previous job runs again (spec one, step s-3).");
      expect(properties?.specHash).to.equal("two");
      expect(properties?.verified).to.equal(false);
      expect(properties?.running?.stepId).to.equal("s-3");
      expect(properties?.lastGood?.specHash).to.equal("one");
    });

    it("still knows the last good job after a second failure", async () => {
      const fake = new FakeJob({ two: "crashing", three: "crashing" });
      const first = await failureOf(update(fake, await deployed(fake), spec("two")));
      fake.log.length = 0;
      const second = await failureOf(update(fake, first.properties!, spec("three")));
      expect(fake.log).to.deep.equal([
        "ask to stop",
        "stopped one",
        "start three on j-1",
        "start one on j-1",
      ]);
      expect(second.properties?.lastGood?.specHash).to.equal("one");
    });

    it("leaves the job it returned to alone when the change is taken back", async () => {
      const fake = new FakeJob({ two: "crashing" });
      const { properties } = await failureOf(update(fake, await deployed(fake), spec("two")));
      fake.log.length = 0;
      const { outs } = await update(fake, properties!, spec("one"));
      expect(fake.log).to.deep.equal([]);
      expect((outs as JobState).running?.stepId).to.equal("s-3");
      expect(outs).to.include({ verified: true, specHash: "one" });
    });

    it("restarts a job that ended without asking it to stop", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      fake.kill(olds.running!.stepId);
      const { outs } = await update(fake, olds, spec("one"));
      expect(fake.log).to.deep.equal(["start one on j-1"]);
      expect((outs as JobState).running?.stepId).to.equal("s-2");
    });

    it("moves to a new cluster only after the old one's job has ended", async () => {
      const fake = new FakeJob();
      await update(fake, await deployed(fake), spec("two", { clusterId: "j-2" }));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one", "start two on j-2"]);
    });

    it("does not wait for a job whose cluster is gone", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      fake.clusters.delete("j-1");
      await update(fake, olds, spec("two", { clusterId: "j-2" }));
      expect(fake.log).to.deep.equal(["start two on j-2"]);
    });

    it("asks a job to stop whose cluster is terminating, while it has a heartbeat", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      fake.terminating.add("j-1");
      await update(fake, olds, spec("two", { clusterId: "j-2" }));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one", "start two on j-2"]);
    });

    it("cancels the step of a job that never took the lock, and leaves the lock's owner alone", async () => {
      const fake = new FakeJob({ two: "lockless" });
      await failureOf(update(fake, await deployed(fake), spec("two")));
      expect(fake.log).to.deep.equal([
        "ask to stop",
        "stopped one",
        "start two on j-1",
        "ask to stop",
        "cancel s-2",
        "start one on j-1",
      ]);
    });

    it("stops the job when it is switched off, and remembers where to continue", async () => {
      const fake = new FakeJob();
      const { outs } = await update(fake, await deployed(fake), spec("one", { enabled: false }));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one"]);
      expect(fake.markers.size).to.equal(0);
      expect(outs).to.include({ verified: true, running: null });
      expect((outs as JobState).lastGood?.specHash).to.equal("one");
    });

    it("leaves a running job alone when only waiting times change", async () => {
      const fake = new FakeJob();
      const { outs } = await update(
        fake,
        await deployed(fake),
        spec("one", { stopTimeoutSeconds: 99 }),
      );
      expect(fake.log).to.deep.equal([]);
      expect(outs).to.include({ stopTimeoutSeconds: 99, verified: true });
    });
  });

  describe("delete", () => {
    it("stops the job", async () => {
      const fake = new FakeJob();
      await providerFor(fake).delete("streaming-job", await deployed(fake));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one"]);
    });

    it("has nothing to do on a deleted cluster or without a job", async () => {
      const fake = new FakeJob();
      const olds = await deployed(fake);
      fake.clusters.clear();
      await providerFor(fake).delete("streaming-job", olds);
      await providerFor(fake).delete("streaming-job", { ...olds, running: null });
      expect(fake.log).to.deep.equal([]);
    });
  });
});
