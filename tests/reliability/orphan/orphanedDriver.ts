import {
  CancelStepsCommand,
  DescribeStepCommand,
  EMRClient,
  ListStepsCommand,
} from "@aws-sdk/client-emr";

import type { JobLock } from "../../../contracts/jobLock";
import type { StackOutputs } from "../../../contracts/stackOutputs";
import { readBatches } from "../../../local/demo/lake";
import { clientSettings } from "../../../local/demo/storage";
import type { ConfigOverrides } from "../../../local/engine/scratchProject";
import { LocalRun } from "../../../local/run/localRun";
import { readJobLock } from "../../end-to-end/jobLock";

/** Prod's and dev's way of submitting: a driver on a node that YARN chooses, no part of the step's own process. */
export const CLUSTER_MODE: ConfigOverrides = {
  "streaming-ml:job.spark": { master: "yarn", deployMode: "cluster", driverMemoryMb: 1024 },
  "streaming-ml:job.freshnessSeconds": 3,
};

const POLL_MILLISECONDS = 100;
const PATIENCE_MILLISECONDS = 180_000;

/** How a job followed one whose step was gone. */
export interface Succession {
  /** Every owner of the checkpoint, in the order in which they were seen. */
  readonly owners: readonly string[];
  /** The last that was seen of the driver that had outlived its step. */
  readonly orphan: JobLock;
  /** Applications that were killed by a step of the cluster before the next job's step was there. */
  readonly killed: readonly string[];
  /** From the last sign of the old driver to the request for the next one. Negative: both at once. */
  readonly secondsBetween: number;
}

/** The job of a run, whose step a test ends while its driver goes on. */
export class OrphanedDriver {
  private readonly emr: EMRClient;

  constructor(
    private readonly run: LocalRun,
    private readonly outputs: StackOutputs,
  ) {
    this.emr = new EMRClient(clientSettings(run.variables, "AWS_ENDPOINT_URL_EMR"));
  }

  /**
   * Ends the job's step through EMR's API and waits until its driver shows that it goes on.
   *
   * @returns its lock, written after the step had ended; a micro-batch was committed after it, too
   * @throws Error when the driver ended too: there is no orphan then
   */
  async leave(): Promise<JobLock> {
    const ClusterId = this.outputs.cluster.id;
    const before = await this.lock();
    const StepId = (await this.runningJobs())[0]?.Id;
    await this.emr.send(
      new CancelStepsCommand({
        ClusterId,
        StepIds: [StepId!],
        StepCancellationOption: "TERMINATE_PROCESS",
      }),
    );
    let ended = Infinity;
    await until("the step is cancelled", async () => {
      const { Step } = await this.emr.send(new DescribeStepCommand({ ClusterId, StepId }));
      ended = Step?.Status?.Timeline?.EndDateTime?.getTime() ?? Infinity;
      return Step?.Status?.State === "CANCELLED";
    });
    let lock = before;
    await until("the driver, whose step has ended, beats and writes", async () => {
      lock = await this.lock();
      const batches = readBatches(this.run.runDirectory);
      return (
        Date.parse(lock.heartbeat) > ended &&
        batches.some(({ committedAt }) => Date.parse(committedAt) > ended)
      );
    });
    if (lock.owner !== before.owner || lock.state !== "running") {
      throw new Error(`The driver should have outlived its step, but its lock is ${lock.state}.`);
    }
    return lock;
  }

  /** Follows the lock while another job takes over. */
  async follow(takeOver: () => Promise<unknown>): Promise<Succession> {
    const seen: JobLock[] = [await this.lock()];
    let over = false;
    const watching = (async () => {
      while (!over) {
        const lock = await this.lock();
        if (seen.at(-1)!.owner === lock.owner) {
          seen.pop();
        }
        seen.push(lock);
        await pause();
      }
    })();
    await takeOver().finally(() => (over = true));
    await watching;
    const [{ Status }] = await this.runningJobs();
    const submitted = Status!.Timeline!.CreationDateTime!.getTime();
    return {
      owners: seen.map(({ owner }) => owner),
      orphan: seen[0],
      killed: await this.killedBefore(submitted),
      secondsBetween: (submitted - Date.parse(seen[0].heartbeat)) / 1000,
    };
  }

  private lock(): Promise<JobLock> {
    return readJobLock(this.run, this.outputs.job.lockUri);
  }

  private async steps(state: "RUNNING" | "COMPLETED") {
    const { Steps } = await this.emr.send(
      new ListStepsCommand({ ClusterId: this.outputs.cluster.id, StepStates: [state] }),
    );
    return Steps ?? [];
  }

  private async runningJobs() {
    return (await this.steps("RUNNING")).filter(
      ({ Config }) => Config?.Args?.[0] === "spark-submit",
    );
  }

  private async killedBefore(moment: number): Promise<string[]> {
    return (await this.steps("COMPLETED"))
      .filter(({ Config, Status }) => {
        const [program, , option] = Config?.Args ?? [];
        const ended = Status?.Timeline?.EndDateTime?.getTime() ?? Infinity;
        return program === "yarn" && option === "-kill" && ended <= moment;
      })
      .map(({ Config }) => Config!.Args![3]);
  }
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited ${PATIENCE_MILLISECONDS / 1000} seconds in vain until ${what}.`);
    }
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
}
