import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal, inRepository } from "../paths";

/** SHA-256 over the inputs' names and bytes, and over what else decides the result. */
export function fingerprint(inputs: readonly string[], also: readonly string[] = []): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    hash.update(`${input}\0`);
    hash.update(fs.readFileSync(inRepository(input)));
  }
  for (const value of also) {
    hash.update(`\0${value}`);
  }
  return hash.digest("hex");
}

function stampPath(step: string): string {
  return inLocal("stamps", step);
}

/** Whether the step was completed with exactly these inputs and its results are still there. */
export function isCurrent(step: string, print: string, results: readonly string[]): boolean {
  return (
    fs.existsSync(stampPath(step)) &&
    fs.readFileSync(stampPath(step), "utf8") === print &&
    results.every((result) => fs.existsSync(inRepository(result)))
  );
}

export function markCurrent(step: string, print: string): void {
  fs.mkdirSync(path.dirname(stampPath(step)), { recursive: true });
  fs.writeFileSync(stampPath(step), print);
}
