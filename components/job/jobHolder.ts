import heartbeat from "../../contracts/job-heartbeat.json";
import type { JobLock } from "../../contracts/jobLock";
import { type JobConnection, POLL_MS } from "./jobConnection";

/** Oldest heartbeat of a live job, by the clocks of two machines. */
const OLDEST_SECONDS = heartbeat.oldestSeconds;

/** Seconds without a heartbeat after which a driver that is watched counts as dead. */
export const SILENCE_SECONDS = heartbeat.silentSeconds;

/** Whether a lock is held, and its heartbeat is no older than that of a live job. */
export function isLive(lock: JobLock, now: number): boolean {
  return (
    (lock.state === "running" || lock.state === "starting") &&
    now - Date.parse(lock.heartbeat) < OLDEST_SECONDS * 1000
  );
}

/**
 * Watches who holds a checkpoint. The returned function reads the lock once and returns the holder as long as it may be
 * alive: one whose heartbeat does not change while it is watched is dead after {@link SILENCE_SECONDS}, however young its last heartbeat was.
 */
export function watchHolder(
  connection: JobConnection,
  lockKey: string,
): () => Promise<JobLock | undefined> {
  let last: JobLock | undefined;
  let since = 0;
  return async () => {
    const lock = await connection.readLock(lockKey);
    if (lock === undefined || !isLive(lock, connection.now())) {
      return undefined;
    }
    if (last?.owner !== lock.owner || last.heartbeat !== lock.heartbeat) {
      last = lock;
      since = connection.now();
    }
    return connection.now() - since < SILENCE_SECONDS * 1000 ? lock : undefined;
  };
}

/** Waits until the heartbeat of a checkpoint's holder changes (true), or has not changed for too long (false). */
export async function isBeating(connection: JobConnection, lockKey: string): Promise<boolean> {
  const holder = watchHolder(connection, lockKey);
  const first = await holder();
  let now = first;
  while (now !== undefined && now.owner === first?.owner && now.heartbeat === first.heartbeat) {
    await connection.sleep(POLL_MS);
    now = await holder();
  }
  return now !== undefined;
}
