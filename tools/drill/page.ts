import type { Drill, Result, Results } from "./drill";

const BEGIN = "<!-- results: written by `make drill RECORD=1` -->";
const END = "<!-- end of results -->";

export interface Machine {
  readonly cores: number;
  readonly memoryGb: number;
}

/**
 * Puts the results into the page, between its two markers.
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
  const table = resultTable(drills, results, machine);
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

/** One line per drill; one that was never run says so. */
export function resultTable(
  drills: Readonly<Record<string, Drill>>,
  results: Results,
  machine: Machine,
): string {
  const lines = Object.entries(drills).map(([name, { title }]) => {
    const result = results[name] as Result | undefined;
    const cells =
      result === undefined
        ? ["", "not run yet", "", ""]
        : [
            figures(result),
            verdict(result),
            `${result.seconds} s`,
            result.finishedAt.slice(0, 16).replace("T", " "),
          ];
    return row([`\`${name}\``, title, ...cells]);
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
