/**
 * One way of making things go wrong, and the command that proves what holds nevertheless.
 *
 * The command prints one JSON object on a line of its own, its {@link Outcome}, anything else before
 * it, and ends with 0 only when everything held.
 */
export interface Drill {
  /** What happens, as the page of results says it. */
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** After this long the command is ended, and the drill has failed. */
  readonly timeoutSeconds: number;
}

/** What a drill's command prints. */
export interface Outcome {
  /** What was counted or measured, in the order the page shows it, for example `{"lost": 0}`. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** One sentence for each thing that did not hold; empty when the drill has passed. */
  readonly complaints: readonly string[];
}

/** The outcome of one drill, with what a reader needs to believe it. */
export interface Result extends Outcome {
  readonly passed: boolean;
  readonly seconds: number;
  /** ISO 8601. */
  readonly finishedAt: string;
}

/** Results by the drill's name. */
export type Results = Readonly<Record<string, Result>>;
