import type { Outcome } from "../../../tools/drill/drill";
import type { LoadOutcome } from "./constantLoad";

/** Collects what a scenario counted and what did not hold. */
export class Verdict {
  private readonly figures: Record<string, number | string> = {};
  private readonly complaints: string[] = [];

  count(what: string, value: number | string): void {
    this.figures[what] = value;
  }

  hold(condition: boolean, complaint: string): void {
    if (!condition) {
      this.complaints.push(complaint);
    }
  }

  /** A load under which not one request may have failed. */
  holdUnderLoad(load: LoadOutcome): void {
    this.count("requests", load.requests);
    this.count("requests/s", load.rate);
    this.count("failed", total(load.failures));
    this.count("p99 ms", load.p99Ms);
    const failures = JSON.stringify(load.failures);
    this.hold(total(load.failures) === 0, `Requests failed under load: ${failures}.`);
  }

  /** A number of answers that must all come from one model. */
  holdAnswers(answers: Readonly<Record<string, number>>, model: string): void {
    const others = Object.keys(answers).filter((each) => each !== model);
    this.hold(
      answers[model] > 0 && others.length === 0,
      `Every answer should have come from the model "${model}", but they were ${JSON.stringify(answers)}.`,
    );
  }

  outcome(): Outcome {
    return { figures: this.figures, complaints: this.complaints };
  }
}

/** The sum of counts by kind. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
