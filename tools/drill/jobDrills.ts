import type { Drill } from "./drill";
import { jobDrill } from "./jobDrill";
import { streamDrills } from "./streamDrills";

/** What happens to the stream, the lake and the streaming job. */
export const jobDrills: Readonly<Record<string, Drill>> = {
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
