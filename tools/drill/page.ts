import type { Drill, Result, Results } from "./drill";

const BEGIN = "<!-- results: written by `make drill RECORD=1` -->";
const END = "<!-- end of results -->";

export interface Machine {
  readonly cores: number;
  readonly memoryGb: number;
}

/**
 * Puts the results into the page, between its two markers. What the page tells of other drills stays:
 * the results of an earlier run may lie on another machine.
 *
 * @throws Error when a marker is missing
 */
export function withResults(
  page: string,
  drills: Readonly<Record<string, Drill>>,
  results: Results,
  machine: Machine,
): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(
      `docs/reliability.md must hold the line "${BEGIN}" and after it "${END}": ` +
        "the results are written between them.",
    );
  }
  const earlier = recordedRows(page.slice(begin, end));
  const table = resultTable(drills, results, machine, earlier);
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

/** The rows of the table that stands in the page, by the name of their drill. */
function recordedRows(section: string): ReadonlyMap<string, string> {
  const rows = section.split("\n").map((line) => [/^\| `([^`]+)`/.exec(line)?.[1] ?? "", line]);
  return new Map(rows as [string, string][]);
}

/**
 * One line per drill; one that was never run says so.
 *
 * @param earlier rows to keep for drills without a result
 */
export function resultTable(
  drills: Readonly<Record<string, Drill>>,
  results: Results,
  machine: Machine,
  earlier: ReadonlyMap<string, string> = new Map(),
): string {
  const lines = Object.entries(drills).map(([name, { title }]) => {
    const result = results[name] as Result | undefined;
    return result === undefined
      ? (earlier.get(name) ?? row([`\`${name}\``, title, "", "not run yet", "", ""]))
      : row([
          `\`${name}\``,
          title,
          figures(result),
          verdict(result),
          `${result.seconds} s`,
          result.finishedAt.slice(0, 16).replace("T", " "),
        ]);
  });
  return [
    `${machine.cores} cores, ${machine.memoryGb} GiB; times in UTC.`,
    "",
    row(["drill", "what happens", "figures", "verdict", "took", "finished"]),
    row(["---", "---", "---", "---", "---", "---"]),
    ...lines,
  ].join("\n");
}

function figures(result: Result): string {
  return Object.entries(result.figures)
    .map(([what, value]) => `${what} ${typeof value === "number" ? grouped(value) : value}`)
    .join(", ");
}

function verdict(result: Result): string {
  return result.passed ? "passed" : `**failed**: ${result.complaints.join(" ")}`;
}

function grouped(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

function row(cells: readonly string[]): string {
  // A cell of a Markdown table ends at a bar or at the end of the line.
  const escaped = cells.map((cell) => cell.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " "));
  return `| ${escaped.join(" | ")} |`;
}
