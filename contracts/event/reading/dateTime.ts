const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Spark's Parquet writer refuses earlier timestamps (SPARK-31404). */
const EARLIEST = Date.UTC(1900, 0, 1);
const MOST_OFFSET_MINUTES = 18 * 60;

/**
 * Whether a text is an RFC 3339 date and time that Spark can represent: from 1900 on, without leap seconds, at most
 * 18 hours away from UTC.
 */
export function isDateTime(text: string): boolean {
  const match = DATE_TIME.exec(text);
  if (match === null) {
    return false;
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const [offsetHours, offsetMinutes] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  const offset = 60 * offsetHours + offsetMinutes;
  const isTime = hour < 24 && minute < 60 && second < 60;
  const isOffset = offsetMinutes < 60 && offset <= MOST_OFFSET_MINUTES;
  // Dates take the years below 100 for those of the last century; all of them are too early.
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isDate =
    year >= 100 && month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const inUtc = date.getTime() - (match[7] === "-" ? -offset : offset) * 60_000;
  return isTime && isOffset && isDate && inUtc >= EARLIEST;
}
