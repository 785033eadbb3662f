/** Events of the data set; a larger EVENTS would have to invent some. */
export const DATA_SET_EVENTS = 38_158;

export interface DemoOptions {
  /** Events of the data set to replay, evenly spread over it. @default all 38,158 */
  readonly events: number;
  /** Records per second put on the stream. @default 2000 */
  readonly rate: number;
  /** Leave everything running at the end. @default false */
  readonly keep: boolean;
}

const LEAST_EVENTS = 600;
const MOST_RATE = 5000;
const DEFAULT_RATE = 2000;

/**
 * Reads `EVENTS`, `RATE` and `KEEP` as make passes them.
 *
 * @throws Error that lists every value that is out of range.
 */
export function parseOptions(variables: Readonly<Record<string, string | undefined>>): DemoOptions {
  const problems: string[] = [];
  const wholeNumber = (name: string, fallback: number, least: number, most: number): number => {
    const text = variables[name];
    if (text === undefined || text === "") {
      return fallback;
    }
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      problems.push(
        `${name} must be a whole number from ${least} to ${most}. Received: ${text}. ` +
          `Leave it out for ${fallback}.`,
      );
    }
    return value;
  };
  const events = wholeNumber("EVENTS", DATA_SET_EVENTS, LEAST_EVENTS, DATA_SET_EVENTS);
  const rate = wholeNumber("RATE", DEFAULT_RATE, 1, MOST_RATE);
  const keep = variables.KEEP ?? "";
  if (!["", "0", "1"].includes(keep)) {
    problems.push(`KEEP must be 1 or left out. Received: ${keep}.`);
  }
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
  return { events, rate, keep: keep === "1" };
}
