import { expect } from "chai";

import type { JobInputs, JobState } from "../../components/job/jobSpec";
import { deployed, failureOf, FakeJob, providerFor, spec } from "./fakeJob";

describe("a driver that has outlived its step", () => {
  const update = (fake: FakeJob, olds: JobState, news: JobInputs) =>
    providerFor(fake).update("streaming-job", olds, news);

  const orphaned = async (fake: FakeJob): Promise<JobState> => {
    const olds = await deployed(fake);
    fake.orphan(olds.running!.stepId);
    return olds;
  };

  it("is a change, though its lock has a heartbeat", async () => {
    const fake = new FakeJob();
    const olds = await orphaned(fake);
    await fake.sleep(10_000);
    expect(fake.objects.get(olds.lockKey)?.state).to.equal("running");
    const { changes } = await providerFor(fake).diff("streaming-job", olds, spec("one"));
    expect(changes).to.equal(true);
  });

  for (const next of ["one", "two"]) {
    it(`ends at a micro-batch boundary before spec ${next} starts`, async () => {
      const fake = new FakeJob();
      await update(fake, await orphaned(fake), spec(next));
      expect(fake.log).to.deep.equal(["ask to stop", "stopped one", `start ${next} on j-1`]);
      expect(fake.markers.size).to.equal(0);
    });
  }

  it("is killed by the id in its lock when it does not obey the stop marker", async () => {
    const fake = new FakeJob({ one: "deaf" });
    await update(fake, await orphaned(fake), spec("two"));
    expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1", "start two on j-1"]);
  });

  it("refuses the next job while it cannot be killed", async () => {
    const fake = new FakeJob({ one: "deaf" });
    const olds = await orphaned(fake);
    fake.killable = false;
    const { message, properties } = await failureOf(update(fake, olds, spec("two")));
    expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1"]);
    expect(message).to.match(
      /^Streaming job "streaming-job" did not stop .* Nothing was changed\.$/,
    );
    expect(properties).to.deep.include({ verified: false, running: olds.running });
  });

  it("is named when EMR refuses the step that would kill it", async () => {
    const fake = new FakeJob({ one: "deaf" });
    const olds = await orphaned(fake);
    fake.addStep = () => Promise.reject(new Error("Maximum number of active steps exceeded."));
    const { message } = await failureOf(update(fake, olds, spec("two")));
    expect(message).to.equal(
      'Streaming job "streaming-job" did not stop within 30 seconds, and EMR takes no step that kills its ' +
        "application application_s-1 on cluster j-1: Maximum number of active steps exceeded. Nothing was changed.",
    );
  });

  it("ends though no step of it is known, whatever its spec", async () => {
    const fake = new FakeJob({ one: "deaf" });
    await orphaned(fake);
    await providerFor(fake).create(spec("two"));
    expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1", "start two on j-1"]);
  });

  it("on a cluster that is no longer known is not killed, and nothing starts beside it", async () => {
    const fake = new FakeJob({ one: "deaf" });
    await orphaned(fake);
    const { message } = await failureOf(
      providerFor(fake).create(spec("two", { clusterId: "j-2" })),
    );
    expect(fake.log).to.deep.equal(["ask to stop", "kill application_s-1"]);
    expect(message).to.contain("Application with id 'application_s-1' doesn't exist in RM.");
  });

  it("ends when the job is switched off, and when it is deleted", async () => {
    const off = new FakeJob();
    await update(off, await orphaned(off), spec("one", { enabled: false }));
    expect(off.log).to.deep.equal(["ask to stop", "stopped one"]);
    const deleted = new FakeJob();
    await providerFor(deleted).delete("streaming-job", await orphaned(deleted));
    expect(deleted.log).to.deep.equal(["ask to stop", "stopped one"]);
    const unknown = new FakeJob();
    const olds = { ...(await orphaned(unknown)), running: null };
    await providerFor(unknown).delete("streaming-job", olds);
    expect(unknown.log).to.deep.equal(["ask to stop", "stopped one"]);
  });

  it("of an earlier generation ends before the next one's job starts", async () => {
    const fake = new FakeJob();
    const olds = { ...(await orphaned(fake)), running: null };
    const news = spec("two", {
      lockKey: "checkpoints/2.lock.json",
      stopKey: "checkpoints/2.stop",
    });
    // The fake's jobs write one lock: what counts here is what happens before the next one starts.
    await failureOf(update(fake, olds, news));
    expect(fake.log.slice(0, 3)).to.deep.equal(["ask to stop", "stopped one", "start two on j-1"]);
  });

  it("is gone with its cluster", async () => {
    const fake = new FakeJob();
    const olds = await orphaned(fake);
    fake.clusters.delete("j-1");
    await update(fake, olds, spec("two", { clusterId: "j-2" }));
    expect(fake.log).to.deep.equal(["start two on j-2"]);
  });
});
