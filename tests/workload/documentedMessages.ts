import { readFileSync } from "node:fs";

import { inRepository } from "../../tools/paths";

const SECTION = "## When a workload folder is broken";

/** The first column of the table in docs/models.md that has a way out of each message; "…" stands for anything. */
const MESSAGES = readFileSync(inRepository("docs", "models.md"), "utf8")
  .split(SECTION)[1]
  .split("| message |")[1]
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| **"))
  .map((line) => line.slice(2).split(" | ")[0])
  .map((message) => message.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
  .map((parts) => new RegExp(`^${parts.join(".*")}$`));

/** The lines of a message that no row of the page is about. */
export function undocumented(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const plain = line
      .replace(/^ {2}- /, "")
      .replaceAll("`", "")
      .replace(/\.$/, "");
    return !MESSAGES.some((message) => message.test(plain));
  });
}
