import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inRepository } from "../../tools/paths";

/** The workload that docs/workloads.md writes, file by file. */
export const GUIDE_WORKLOAD = "parcels";

/** What the guide says is to be deleted of what the command has written. */
const GUIDE_DELETES = ["quality.py", "demo/baseline.py", "tests"] as const;

const GUIDE = inRepository("docs", "workloads.md");

/** A line that names a file, and the block below it. */
const NAMED_BLOCK = /^`workloads\/parcels\/([\w./]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm;

const FIRST_BLOCK = /^```json\n([\s\S]*?)^```$/m;

/** The files that the guide shows whole, by their path in the workload's folder. */
export function guideFiles(): Readonly<Record<string, string>> {
  const blocks = [...readFileSync(GUIDE, "utf8").matchAll(NAMED_BLOCK)];
  return Object.fromEntries(blocks.map(([, file, text]) => [file, text]));
}

/** The event that the guide begins with. */
export function guideSample(): string {
  return FIRST_BLOCK.exec(readFileSync(GUIDE, "utf8"))?.[1] ?? "";
}

/** Makes of a workload that the command has just written the one of the guide. */
export function followGuide(workload: string): void {
  for (const deleted of GUIDE_DELETES) {
    rmSync(join(workload, deleted), { recursive: true });
  }
  for (const [file, text] of Object.entries(guideFiles())) {
    writeFileSync(join(workload, file), text);
  }
}
