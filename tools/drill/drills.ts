import { python } from "../paths";
import type { Drill } from "./drill";

/** What the stream itself does to the streaming job: `tests/reliability/job/stream_drills.py`. */
const streamDrills: Readonly<Record<string, Drill>> = {
  "stream-resharded": jobDrill(
    "stream-resharded",
    "shards are split and merged under load, from two over four to one",
  ),
  "stream-resharded-with-backlog": jobDrill(
    "stream-resharded-with-backlog",
    "the same while the job is off, with 7,000 records into what each step left; then the job goes on",
  ),
  "stream-resharded-from-cold": jobDrill(
    "stream-resharded-from-cold",
    "the same before the first job there ever was",
  ),
  "stream-resharded-at-random": jobDrill(
    "stream-resharded-at-random",
    "any shard is split anywhere, any two neighbours are merged, every few seconds for ten minutes under load",
    1500,
  ),
  "stream-throttled": jobDrill(
    "stream-throttled",
    "Kinesis refuses one of four calls that read it, for a minute under load, with 20,000 records waiting",
    600,
  ),
  "stream-nearly-idle": jobDrill(
    "stream-nearly-idle",
    "one record an hour for 20 hours of stream time, then none for 20 hours, a restart, 20 hours more and another one",
    900,
  ),
  "positions-expired": jobDrill(
    "positions-expired",
    "records expire while the job is off; it must refuse to go on, and another generation reads what is left",
  ),
  "first-batch-replayed": jobDrill(
    "first-batch-replayed",
    "the driver gets SIGKILL within its first micro-batch, and the stream is resharded before the replay",
  ),
  "first-batch-expired": jobDrill(
    "first-batch-expired",
    "the same, and the records of the micro-batch expire before the replay, which must refuse",
  ),
  "clock-off": jobDrill(
    "clock-off",
    "Kinesis's clock is ten minutes behind the job's, then ten minutes ahead, each time with 20,000 records waiting",
    600,
  ),
};

/** What happens to the stream, the lake and the streaming job. */
const jobDrills: Readonly<Record<string, Drill>> = {
  "driver-killed": jobDrill(
    "driver-killed",
    "the driver gets SIGKILL 20 times under load, each time at a random write of a micro-batch",
    1800,
  ),
  "executors-killed": jobDrill(
    "executors-killed",
    "executors get SIGKILL while they write the lake, with de-duplication",
    900,
  ),
  "executors-killed-without-deduplication": jobDrill(
    "executors-killed-without-deduplication",
    "the same without de-duplication, in one stage",
    900,
  ),
  "stage-retried": jobDrill(
    "stage-retried",
    "all executors get SIGKILL at once when part of a micro-batch is written, so that its records are read again",
    900,
  ),
  ...streamDrills,
  "services-away": jobDrill(
    "services-away",
    "S3 and Kinesis refuse every connection for ten seconds under load",
  ),
  "services-suspended": jobDrill(
    "services-suspended",
    "S3 and Kinesis stand still for ten seconds under load and answer late",
  ),
  "storage-errors": jobDrill(
    "storage-errors",
    "requests to S3 fail under load, one in a dozen: 503, broken connection or lost answer",
  ),
  "two-jobs": jobDrill("two-jobs", "a second job is started on the checkpoint of a running one"),
  "contract-changed": jobDrill(
    "contract-changed",
    "the job is stopped under load and goes on with another event contract: a field more, a required one optional, " +
      "a limit looser, one tighter",
  ),
  "large-records": jobDrill(
    "large-records",
    "records of 1 MiB, and valid ones of the largest size the contract allows",
  ),
  burst: jobDrill("burst", "20,000 records as fast as the stream takes them"),
  "stream-idle": jobDrill("stream-idle", "nothing comes for half a minute, then records again"),
  poison: jobDrill("poison", "every kind of wrong record among valid ones"),
  "orphaned-driver": {
    title:
      "CancelSteps ends the job's step under load and leaves its driver, once one that obeys the stop marker and once " +
      "one that does not; then `up`",
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/reliability/orphan/main.ts"],
    timeoutSeconds: 600,
  },
};

/** What happens to models that are deployed under load: `tests/reliability/deployment`. */
const deploymentDrills: Readonly<Record<string, Drill>> = {
  deployments: deploymentDrill(
    "60 requests/s while models follow each other: canary, a model that crashes on load, a good one with 3 instances, " +
      "an alarm during the shift, the same model again, a rejected model, a rolling update",
    ["canary", "crash", "scaledOut", "alarm", "again", "rejected", "rolling"],
    600,
  ),
  "endpoint-kinds": deploymentDrill(
    "60 requests/s while the endpoint changes: another instance type, serverless and back, Ctrl-C in the middle of a " +
      "shift and of a creation and `up` again",
    ["anotherInstanceType", "anotherMode", "interrupted", "interruptedCreation"],
    600,
  ),
};

/** What happens to the endpoint and the API: `tests/reliability/serving`. */
const servingDrills: Readonly<Record<string, Drill>> = {
  "api-fuzz": apiDrill(
    "The API gets 2,000 requests made from its own OpenAPI document",
    "fuzz",
    600,
  ),
  "api-hostile": apiDrill(
    "Hostile bodies and keys, 500 connections at once, 200 slow clients",
    "hostile",
    300,
  ),
};

/** What everything that reads something from outside does with anything: `tests/fuzzing`. */
const fuzzDrills: Readonly<Record<string, Drill>> = {
  fuzz: {
    title:
      "readers of records, offsets, state, locks, outputs, configuration, schemas and definitions get anything: " +
      "a result or their own error within seconds, and what is written is read as it was",
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/fuzzing/main.ts"],
    timeoutSeconds: 3600,
  },
};

/** Every drill by its name, in the order `make drill` runs them. */
export const drills: Readonly<Record<string, Drill>> = {
  ...jobDrills,
  ...deploymentDrills,
  ...servingDrills,
  ...fuzzDrills,
};

/**
 * Names of the drills that are asked for.
 *
 * @param only names separated by commas; undefined means all
 * @throws Error that lists the drills when a name is none of them
 */
export function selectedDrills(only: string | undefined): string[] {
  const names = Object.keys(drills);
  if (only === undefined) {
    return names;
  }
  const wanted = only.split(",").map((name) => name.trim());
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `ONLY must name drills out of ${names.join(", ")}, separated by commas. ` +
        `Received: ${unknown.join(", ")}.`,
    );
  }
  return names.filter((name) => wanted.includes(name));
}

/** A drill of `tests/reliability/job/drills.py`, in its long form. */
function jobDrill(name: string, title: string, timeoutSeconds = 600): Drill {
  return {
    title,
    command: python,
    arguments: ["-m", "tests.reliability.job", name],
    timeoutSeconds,
  };
}

/** Several scenarios, one after the other on one deployed stack. */
function deploymentDrill(
  title: string,
  scenarios: readonly string[],
  timeoutSeconds: number,
): Drill {
  return {
    title,
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/reliability/deployment/main.ts", ...scenarios],
    timeoutSeconds,
  };
}

/** A drill of `tests/reliability/serving`, in its long form. */
function apiDrill(title: string, name: string, timeoutSeconds: number): Drill {
  return {
    title,
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/reliability/serving/main.ts", name],
    timeoutSeconds,
  };
}
