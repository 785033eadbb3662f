import type * as pulumi from "@pulumi/pulumi";

import { needsDeployment, wasVerified } from "../shared/verifiedDeployment";
import { deployJob, type PreviousJob } from "./deployJob";
import { connectToJob } from "./jobConnection";
import { isAtWork } from "./jobLifecycle";
import { type JobInputs, type JobState, type RunningJob, specOf } from "./jobSpec";
import { stopHolder, stopJob } from "./jobStop";

/**
 * Keeps one streaming job running, whatever changes about it: code, arguments, checkpoint, cluster. Never replaced,
 * because create-then-delete would put two writers on one checkpoint.
 *
 * Pulumi stores this class in the stack's state and runs it in a process of its own: no private members, no
 * captured library objects, libraries only through `import()` inside functions.
 */
export class JobProvider implements pulumi.dynamic.ResourceProvider {
  constructor(readonly connect = connectToJob) {}

  async diff(_id: string, olds: JobState, news: JobInputs): Promise<pulumi.dynamic.DiffResult> {
    const asWanted = async () => !news.enabled || (await this.isAtWork(olds));
    return { changes: await needsDeployment(olds, news, asWanted) };
  }

  async create(inputs: JobInputs): Promise<pulumi.dynamic.CreateResult<JobState>> {
    const outs = await this.deploy({ running: null, lastGood: null }, inputs, inputs);
    return { id: inputs.jobName, outs };
  }

  async update(
    _id: string,
    olds: JobState,
    news: JobInputs,
  ): Promise<pulumi.dynamic.UpdateResult<JobState>> {
    const previous = { running: olds.running ?? null, lastGood: olds.lastGood ?? null };
    const { running } = previous;
    // After a failed update the old job may be the one asked for again; only waiting times may have changed.
    if (
      news.enabled &&
      running !== null &&
      isSameJob(running, news) &&
      (await this.isAtWork(olds))
    ) {
      return { outs: { ...news, verified: true, running, lastGood: specOf(news) } };
    }
    return { outs: await this.deploy(previous, olds, news) };
  }

  async read(id: string, props?: JobState): Promise<pulumi.dynamic.ReadResult<JobState>> {
    if (props === undefined || !props.enabled || !wasVerified(props)) {
      return { id, props };
    }
    return { id, props: { ...props, verified: await this.isAtWork(props) } };
  }

  async delete(_id: string, props: JobState): Promise<void> {
    const running = props.running ?? null;
    const connection = await this.connect(props);
    if (running !== null) {
      await stopJob(connection, running, props);
    } else {
      await stopHolder(connection, specOf(props), props);
    }
  }

  async deploy(previous: PreviousJob, olds: JobInputs, news: JobInputs): Promise<JobState> {
    const connection = await this.connect(news);
    const previousConnection = olds.bucket === news.bucket ? connection : await this.connect(olds);
    return deployJob(connection, previousConnection, previous, news);
  }

  /** Whether the job that the state knows still runs. */
  async isAtWork(state: JobState): Promise<boolean> {
    const running = state.running ?? null;
    return running !== null && isAtWork(await this.connect(state), running);
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
