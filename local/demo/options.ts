import { workloadNames } from "../../contracts/workload/names";
import { MOST_RATE } from "./replayRate";

export interface DemoOptions {
  /** Whose events are sent and whose model is trained. @default the one of Pulumi.local.yaml */
  readonly workload?: string;
  /** Events of the workload's data set to replay, evenly spread over it. @default all of them */
  readonly events?: number;
  /** Records per second put on the stream. @default `replayRate` of their number */
  readonly rate?: number;
  /** Leave everything running at the end. @default false */
  readonly keep: boolean;
}

const LEAST_EVENTS = 600;

/**
 * Reads `WORKLOAD`, `EVENTS`, `RATE` and `KEEP` as make passes them.
 *
 * @throws Error that lists every value that is out of range.
 */
export function parseOptions(
  variables: Readonly<Record<string, string | undefined>>,
  workloads = workloadNames(),
): DemoOptions {
  const problems: string[] = [];
  const given = (name: string): string | undefined => variables[name] || undefined;
  const wholeNumber = (name: string, least: number, most: number, otherwise: string) => {
    const text = given(name);
    const value = Number(text);
    if (text !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
      const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
      problems.push(
        `${name} must be a whole number ${range}. Received: ${text}. Leave it out for ${otherwise}.`,
      );
    }
    return text === undefined ? undefined : value;
  };
  const workload = given("WORKLOAD");
  if (workload !== undefined && !workloads.includes(workload)) {
    problems.push(
      `WORKLOAD must be one of ${workloads.join(", ")}. Received: ${workload}. ` +
        "Leave it out for the one of Pulumi.local.yaml.",
    );
  }
  const events = wholeNumber("EVENTS", LEAST_EVENTS, Infinity, "all of the data set");
  const rate = wholeNumber("RATE", 1, MOST_RATE, "1000, or what sends all in a minute");
  const keep = given("KEEP") ?? "0";
  if (!["0", "1"].includes(keep)) {
    problems.push(`KEEP must be 1 or left out. Received: ${keep}.`);
  }
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
  return { workload, events, rate, keep: keep === "1" };
}
