import { messageOf } from "../shared/errors";
import { deploymentFailure } from "../shared/verifiedDeployment";
import type { JobConnection } from "./jobConnection";
import { startJob } from "./jobLifecycle";
import { type JobInputs, type JobSpec, type JobState, type RunningJob, specOf } from "./jobSpec";
import { stopHolder, stopJob } from "./jobStop";

/** What was there before: nothing at the first deployment. */
export interface PreviousJob {
  readonly running: RunningJob | null;
  readonly lastGood: JobSpec | null;
}

/**
 * Brings the job to what the inputs ask: the old one ends first, whether or not a step still runs it, because two
 * must never write from one checkpoint, then the new one starts. If it does not become ready, the last good one is
 * started again.
 *
 * @param previousConnection reaches the lock of the old job, which may lie in another bucket
 * @throws Error made by {@link deploymentFailure}: one sentence says what went wrong and one what runs now
 */
export async function deployJob(
  connection: JobConnection,
  previousConnection: JobConnection,
  previous: PreviousJob,
  inputs: JobInputs,
): Promise<JobState> {
  const { lastGood } = previous;
  const failed = (message: string, running: RunningJob | null): Error =>
    deploymentFailure(inputs.jobName, { ...inputs, running, lastGood }, message);

  const spec = specOf(inputs);
  try {
    const before = previous.running ?? lastGood;
    const sameLock = previousConnection === connection && before?.lockKey === spec.lockKey;
    let free = false;
    if (previous.running !== null) {
      free = (await stopJob(previousConnection, previous.running, inputs)) && sameLock;
    } else if (lastGood !== null && !sameLock) {
      await stopHolder(previousConnection, lastGood, inputs);
    }
    if (!free) {
      await stopHolder(connection, spec, inputs);
    }
  } catch (error) {
    throw failed(`${messageOf(error)} Nothing was changed.`, previous.running);
  }
  if (!inputs.enabled) {
    return { ...inputs, verified: true, running: null, lastGood };
  }
  try {
    const running = await startJob(connection, spec, inputs);
    return { ...inputs, verified: true, running, lastGood: spec };
  } catch (error) {
    const reason = messageOf(error);
    const { stepId } = error as { stepId?: string };
    if (stepId !== undefined) {
      const remains = { ...spec, stepId };
      try {
        await stopJob(connection, remains, inputs);
      } catch (stopError) {
        throw failed(`${reason} It could not be ended either: ${messageOf(stopError)}`, remains);
      }
    }
    if (previous.running === null || lastGood === null || lastGood.specHash === spec.specHash) {
      throw failed(`${reason} No streaming job runs now; its place in the stream is kept.`, null);
    }
    let returned: RunningJob;
    try {
      returned = await startJob(previousConnection, lastGood, inputs);
    } catch (returnError) {
      throw failed(
        `${reason} The previous job did not come back either: ${messageOf(returnError)} ` +
          "No streaming job runs now; its place in the stream is kept.",
        null,
      );
    }
    throw failed(
      `${reason} The previous job runs again (spec ${lastGood.specHash}, step ${returned.stepId}). ` +
        "Correct what changed and run pulumi up.",
      returned,
    );
  }
}
