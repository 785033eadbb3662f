import { shownValue } from "../shownValue";

/** Something in a schema that is outside the subset. */
export interface SchemaProblem {
  /** Where, for example `device.id.maxLength`; empty for the schema as a whole. */
  readonly path: string;
  /** What is expected, and what to do. */
  readonly message: string;
  /** The value, if there is one to show. */
  readonly received?: unknown;
}

/** A schema file has problems; the message names all of them. */
export class SchemaError extends Error {
  /**
   * @param file where the schema stands
   * @param rules page of docs/ that describes the subset
   */
  constructor(
    file: string,
    rules: string,
    readonly problems: readonly SchemaProblem[],
  ) {
    super(describe(file, rules, problems));
  }
}

function describe(file: string, rules: string, problems: readonly SchemaProblem[]): string {
  const sentences = problems.map(({ path, message, received }) => {
    const shown = received === undefined ? "" : ` Received: ${shownValue(received)}.`;
    return `${path === "" ? "the schema" : path} ${message}.${shown}`;
  });
  return fileProblems(file, rules, sentences);
}

/**
 * Puts the problems of one file together: what has how many, and a line for each.
 *
 * @param file where it stands, or what else has the problems
 * @param rules page of docs/ that describes it
 */
export function fileProblems(file: string, rules: string, sentences: readonly string[]): string {
  const lines = sentences.map((sentence) => `  - ${sentence.replace(/\.$/, "")}.`);
  const count = sentences.length === 1 ? "1 problem" : `${sentences.length} problems`;
  return `${file} has ${count} (docs/${rules} has the rules):\n${lines.join("\n")}`;
}
