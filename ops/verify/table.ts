import Table from "cli-table3";

import type { Result } from "./check";

/** Characters of a line of text in a cell. */
const WIDTH = 72;

/** Results as a table for the terminal, and how many there are of each kind. */
export function formatResults(results: readonly Result[]): string {
  const table = new Table({
    head: ["check", "result", "found, and what to do"],
    colWidths: [null, null, WIDTH],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { id, verdict } of results) {
    const todo = verdict.status === "failed" ? `\nTo do: ${verdict.todo}` : "";
    table.push([id, verdict.status, `${verdict.found}${todo}`]);
  }
  return `${table.toString()}\n${summary(results)}`;
}

/** For example "7 ok, 1 failed, 3 not applicable". */
export function summary(results: readonly Result[]): string {
  return (["ok", "failed", "not applicable"] as const)
    .map(
      (status) => `${results.filter(({ verdict }) => verdict.status === status).length} ${status}`,
    )
    .join(", ");
}
