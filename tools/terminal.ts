/** What commands write. Nothing else of `ops/`, `tools/`, `local/` and `bench/` writes to a terminal: lint says so. */

/** A result: to standard output, which may be a pipe into another command. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress, warnings and errors: to standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
