/**
 * Records per second that two cores take up as they come, producers and services beside the job: the freshness is that of a
 * stream in balance, not of a backlog.
 */
const USUAL_RATE = 1000;

/** A larger data set is sent faster, so that nobody waits longer for it. */
const LONGEST_REPLAY_SECONDS = 60;

/** The most that `RATE` may ask for. */
export const MOST_RATE = 5000;

/** Records per second at which so many are sent where nobody says another rate. */
export function replayRate(records: number): number {
  const inTime = Math.ceil(records / LONGEST_REPLAY_SECONDS);
  return Math.min(MOST_RATE, Math.max(USUAL_RATE, inTime));
}
