import { messageOf } from "../shared/sentence";
import type { JobControl } from "./jobControl";
import { startJob } from "./jobLifecycle";
import { specOf, type JobInputs, type JobSpec, type JobState, type RunningJob } from "./jobSpec";
import { stopHolder, stopJob } from "./jobStop";

/** What was there before: nothing at the first deployment. */
export interface PreviousJob {
  readonly running: RunningJob | null;
  readonly lastGood: JobSpec | null;
}

/** The job is not as asked; `state` says what is there instead. */
export interface JobFailure extends Error {
  readonly state: JobState;
}

/**
 * Brings the job to what the inputs ask: the old one ends first, whether or not a step still runs it, because two
 * must never write from one checkpoint, then the new one starts. If it does not become ready, the last good one is
 * started again.
 *
 * @param previousControl reaches the lock of the old job, which may lie in another bucket
 * @throws JobFailure one sentence about what went wrong and one about what runs now
 */
export async function changeJob(
  control: JobControl,
  previousControl: JobControl,
  previous: PreviousJob,
  inputs: JobInputs,
): Promise<JobState> {
  const { lastGood } = previous;
  const failed = (message: string, running: RunningJob | null): JobFailure =>
    Object.assign(new Error(message), { state: { ...inputs, settled: false, running, lastGood } });

  const spec = specOf(inputs);
  try {
    const before = previous.running ?? lastGood;
    const samePlace = previousControl === control && before?.lockKey === spec.lockKey;
    let free = false;
    if (previous.running !== null) {
      free = (await stopJob(previousControl, previous.running, inputs)) && samePlace;
    } else if (lastGood !== null && !samePlace) {
      await stopHolder(previousControl, lastGood, inputs);
    }
    if (!free) {
      await stopHolder(control, spec, inputs);
    }
  } catch (error) {
    throw failed(`${messageOf(error)} Nothing was changed.`, previous.running);
  }
  if (!inputs.enabled) {
    return { ...inputs, settled: true, running: null, lastGood };
  }
  try {
    const running = await startJob(control, spec, inputs);
    return { ...inputs, settled: true, running, lastGood: spec };
  } catch (error) {
    const reason = messageOf(error);
    const { stepId } = error as { stepId?: string };
    if (stepId !== undefined) {
      const remains = { ...spec, stepId };
      try {
        await stopJob(control, remains, inputs);
      } catch (stopError) {
        throw failed(`${reason} It could not be ended either: ${messageOf(stopError)}`, remains);
      }
    }
    if (previous.running === null || lastGood === null || lastGood.specHash === spec.specHash) {
      throw failed(`${reason} No streaming job runs now; its place in the stream is kept.`, null);
    }
    let returned: RunningJob;
    try {
      returned = await startJob(previousControl, lastGood, inputs);
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
