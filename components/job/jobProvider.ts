import type * as pulumi from "@pulumi/pulumi";

import { openJobControl, type JobControl } from "./jobControl";
import { isAtWork } from "./jobLifecycle";
import { stopHolder, stopJob } from "./jobStop";
import { changeJob, type JobFailure, type PreviousJob } from "./jobUpdate";
import { specOf, type JobInputs, type JobState, type RunningJob } from "./jobSpec";

type OpenControl = (region: string, bucket: string) => Promise<JobControl>;

/** Inputs that only steer waiting: a change of one is no reason to touch a running job. */
const TIMING = ["readinessTimeoutSeconds", "stopTimeoutSeconds"];

/** The inputs a job is made of. */
const COMPARED = [
  "specHash",
  "enabled",
  "bucket",
  "lockKey",
  "stopKey",
  "jobName",
  "region",
  "accountId",
] as const;

/**
 * Keeps one streaming job running, whatever changes about it: code, arguments, checkpoint, cluster. Never replaced,
 * because create-then-delete would put two writers on one checkpoint.
 *
 * Pulumi stores this class in the stack's state and runs it in a process of its own: no private members, no
 * captured library objects, libraries only through `import()` inside functions.
 */
export class JobProvider implements pulumi.dynamic.ResourceProvider {
  constructor(readonly open: OpenControl = openJobControl) {}

  /** A plain `up` never calls `read`, so this looks at the live job itself: a dead one is a change. */
  async diff(_id: string, olds: JobState, news: JobInputs): Promise<pulumi.dynamic.DiffResult> {
    if (!olds.settled || COMPARED.some((key) => olds[key] !== news[key])) {
      return { changes: true };
    }
    if (!news.enabled) {
      return { changes: TIMING.some((key) => differs(olds, news, key)) };
    }
    const running = olds.running ?? null;
    const control = await this.open(olds.region, olds.bucket);
    const alive = running !== null && (await isAtWork(control, running));
    return { changes: !alive || TIMING.some((key) => differs(olds, news, key)) };
  }

  async create(inputs: JobInputs): Promise<pulumi.dynamic.CreateResult<JobState>> {
    const id = inputs.jobName;
    const outs = await this.change(id, { running: null, lastGood: null }, inputs, inputs);
    return { id, outs };
  }

  async update(
    id: string,
    olds: JobState,
    news: JobInputs,
  ): Promise<pulumi.dynamic.UpdateResult<JobState>> {
    const previous = { running: olds.running ?? null, lastGood: olds.lastGood ?? null };
    const { running } = previous;
    // After a failed update the old job may be the one asked for again; only waiting times may have changed.
    if (news.enabled && running !== null && isSameJob(running, news)) {
      const control = await this.open(olds.region, olds.bucket);
      if (await isAtWork(control, running)) {
        return { outs: { ...news, settled: true, running, lastGood: specOf(news) } };
      }
    }
    return { outs: await this.change(id, previous, olds, news) };
  }

  async read(id: string, props?: JobState): Promise<pulumi.dynamic.ReadResult<JobState>> {
    if (props === undefined || !props.enabled || !props.settled) {
      return { id, props };
    }
    const running = props.running ?? null;
    const control = await this.open(props.region, props.bucket);
    const settled = running !== null && (await isAtWork(control, running));
    return { id, props: { ...props, settled } };
  }

  async delete(_id: string, props: JobState): Promise<void> {
    const running = props.running ?? null;
    const control = await this.open(props.region, props.bucket);
    await this.guard(control, props);
    if (running !== null) {
      await stopJob(control, running, props);
    } else {
      await stopHolder(control, specOf(props), props);
    }
  }

  /** A plain error would keep the old state, and going back to the old inputs would look unchanged. */
  async change(
    id: string,
    previous: PreviousJob,
    olds: JobInputs,
    news: JobInputs,
  ): Promise<JobState> {
    const control = await this.open(news.region, news.bucket);
    await this.guard(control, news);
    const previousControl =
      olds.bucket === news.bucket ? control : await this.open(olds.region, olds.bucket);
    try {
      return await changeJob(control, previousControl, previous, news);
    } catch (error) {
      const { message, state } = error as JobFailure;
      if (state === undefined) {
        throw error;
      }
      throw Object.assign(new Error(message), { id, properties: state, reasons: [message] });
    }
  }

  /** The AWS SDK knows nothing of `aws:profile` or of assumed roles in Pulumi's configuration. */
  async guard(control: JobControl, inputs: JobInputs): Promise<void> {
    const account = await control.accountId();
    if (account !== inputs.accountId) {
      throw new Error(
        `Streaming job "${inputs.jobName}" belongs to account ${inputs.accountId}, but the AWS SDK's credentials are ` +
          `for account ${account}. The SDK reads AWS_PROFILE and the AWS_* variables only, not Pulumi's aws:profile: ` +
          "set them to the same account.",
      );
    }
  }
}

/** Whether what runs is what the inputs ask for, at the same place. */
function isSameJob(running: RunningJob, inputs: JobInputs): boolean {
  return (
    running.specHash === inputs.specHash &&
    running.clusterId === inputs.clusterId &&
    running.lockKey === inputs.lockKey
  );
}

function differs(olds: object, news: object, key: string): boolean {
  return (olds as Record<string, unknown>)[key] !== (news as Record<string, unknown>)[key];
}
