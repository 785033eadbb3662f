/** The drill `orphaned-driver`: `node -r tsx/cjs tests/reliability/orphan/main.ts`. */
import type { JobLock } from "../../../contracts/jobLock";
import { type Audit, auditLake } from "../../../local/demo/lake";
import { createRunDirectory } from "../../../local/environment/run";
import { LocalRun } from "../../../local/run/localRun";
import type { Outcome } from "../../../tools/drill/drill";
import { Load } from "../../end-to-end/load";
import { ProgramCopy } from "../../end-to-end/programCopy";
import { total, Verdict } from "../deployment/verdict";
import { reportOutcome } from "../reportOutcome";
import { CLUSTER_MODE, OrphanedDriver, type Succession } from "./orphanedDriver";

const RATE = 200;

/** The driver looks for the stop marker and does not see it. */
const DEAF = "Heartbeat._look = lambda self: None";

/** The job has this long to take up what was sent. */
const PATIENCE_MILLISECONDS = 120_000;

const quiet = (): void => undefined;

/** One owner after the other, and the second not asked for before the first was silent. */
function judge(name: string, before: JobLock, after: Succession, verdict: Verdict): void {
  verdict.count(`${name} last state`, after.orphan.state);
  verdict.count(`${name} killed`, after.killed.filter((id) => id === before.applicationId).length);
  verdict.count(`${name} s from its last sign to the next job's step`, after.secondsBetween);
  verdict.hold(
    after.owners.length === 2 && after.owners[0] === before.owner,
    `${name}: the orphan and its successor should have held the lock, one after the other: ${after.owners.join(", ")}.`,
  );
  verdict.hold(
    after.secondsBetween >= 0,
    `${name}: the next job was asked for ${-after.secondsBetween} s before the orphan's last sign of life.`,
  );
}

async function run(): Promise<Outcome> {
  const verdict = new Verdict();
  const directory = createRunDirectory("orphaned-driver");
  const program = ProgramCopy.create(`${directory}/program`);
  const letItListen = program.append("streaming_ml/heartbeat.py", DEAF);
  console.log("deploying the stack with a job that does not listen");
  const config = { ...CLUSTER_MODE, "streaming-ml:job.stopTimeoutSeconds": 10 };
  const demo = await LocalRun.start(directory, config, program.folder);
  const stop = (): void => void demo.stop().then(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const outputs = await demo.deploy();
    const sentFile = demo.file("sent.jsonl");
    const load = new Load(demo, outputs.stream.name, sentFile, RATE);
    const job = new OrphanedDriver(demo, outputs);
    load.start();

    console.log("the step of a deaf job is cancelled");
    const deaf = await job.leave();
    letItListen();
    const killed = await job.follow(() => demo.stack.up());
    judge("deaf", deaf, killed, verdict);
    verdict.hold(
      killed.killed.includes(deaf.applicationId),
      `deaf: application ${deaf.applicationId} should have been killed before the next job's step was there.`,
    );

    console.log("the step of a job that listens is cancelled");
    const asked = await job.leave();
    program.append("streaming_ml/query.py", "# The next release.");
    const stopped = await job.follow(() => demo.stack.up());
    judge("asked", asked, stopped, verdict);
    verdict.hold(
      stopped.orphan.state === "stopped" && !stopped.killed.includes(asked.applicationId),
      `asked: the orphan should have stopped at a micro-batch boundary, but it was ${stopped.orphan.state}.`,
    );

    await load.stop();
    console.log("accounting for every record");
    const { events, lost, doubled } = await account(() =>
      auditLake(demo, sentFile, outputs.lake, quiet),
    );
    verdict.count("records sent", events.sent);
    verdict.count("valid", events.valid);
    verdict.count("quarantined", total(events.quarantined));
    verdict.count("duplicates dropped", events.duplicates);
    verdict.count("lost", lost);
    verdict.count("doubled", doubled);
  } catch (error) {
    verdict.hold(false, (error as Error).message);
  } finally {
    await demo.stop();
  }
  return verdict.outcome();
}

/**
 * Audits until every record is in its place. A job that was killed may have committed what its metrics do not say, so
 * they cannot tell when it is time to look.
 *
 * @throws Error with the numbers when a record is still lost, doubled or other than expected after two minutes
 */
async function account(audit: () => Promise<Audit>): Promise<Audit> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await audit();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
  }
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
void reportOutcome(run());
