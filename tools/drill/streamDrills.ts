import type { Drill } from "./drill";
import { jobDrill } from "./jobDrill";

/** What the stream itself does to the streaming job: `tests/reliability/job/stream_drills.py`. */
export const streamDrills: Readonly<Record<string, Drill>> = {
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
