import Table from "cli-table3";

import { slowest, TimedTest } from "./slowest";

/** Where the time of a check went. */
export interface SpentTime {
  readonly title: string;
  readonly seconds: number;
  /** On all cores together; absent where nothing told. */
  readonly processorSeconds?: number;
  readonly tests: readonly TimedTest[];
}

const SLOWEST = 10;

/** One row per check, in the order they ended, and what they are together. */
export function formatSpentTime(checks: readonly SpentTime[], seconds: number): string {
  const table = new Table({
    head: ["where the time went", "seconds", "of processors"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right"],
  });
  for (const check of checks) {
    table.push([check.title, rounded(check.seconds), rounded(check.processorSeconds)]);
  }
  const computed = checks.reduce((sum, check) => sum + (check.processorSeconds ?? 0), 0);
  table.push(["all of it", rounded(seconds), rounded(computed)]);
  return table.toString();
}

/** How fast the machine was, without which seconds mean little. */
export function formatMachine(seconds: number, predictionMilliseconds: number): string {
  return (
    `${Math.round(seconds)} s on a machine on which a prediction in process takes ` +
    `${predictionMilliseconds.toFixed(2)} ms (0.40 ms on two quiet cores).`
  );
}

/** The tests that took longest, whatever ran them. */
export function formatSlowestTests(checks: readonly SpentTime[]): string {
  const table = new Table({
    head: ["the slowest tests", "seconds"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right"],
  });
  for (const { test, seconds } of slowest(
    checks.flatMap(({ tests }) => tests),
    SLOWEST,
  )) {
    table.push([test, seconds.toFixed(1)]);
  }
  return table.toString();
}

function rounded(seconds: number | undefined): string {
  return seconds === undefined ? "?" : String(Math.round(seconds));
}
