import type { Evaluation } from "./evaluation";
import type { DemoReport, ModelFigures } from "./report";

/** What a workload's `demo/baseline.py` prints. */
export interface Baseline {
  readonly name: string;
  /** By the metrics' names in snake case. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Puts a model's figures beside the baseline's, the gate's metric first. */
export function compareFigures(evaluation: Evaluation, baseline?: Baseline): ModelFigures {
  const { metric } = evaluation.gate;
  const names = Object.keys(evaluation.metrics).filter((name) => name !== metric);
  const metrics = [metric, ...names].map((name) => ({
    name,
    value: evaluation.metrics[name].value,
    baseline: baseline?.metrics[name],
  }));
  return { metrics, baseline: baseline?.name };
}

/** The figures as the report's file holds them. */
export function reportedFigures({ metrics }: ModelFigures): DemoReport["model"] {
  return Object.fromEntries(
    metrics.flatMap(({ name, value, baseline }) => [
      [camelCase(name), value],
      ...(baseline === undefined ? [] : [[camelCase(`baseline_${name}`), baseline]]),
    ]),
  ) as DemoReport["model"];
}

/** `macro_f1` as people read it. */
export function metricInWords(name: string): string {
  return name.replaceAll("_", " ");
}

/** A difference with its sign, to as many digits as figures are shown. */
export function signed(difference: number, digits: number): string {
  return `${difference < 0 ? "" : "+"}${difference.toFixed(digits)}`;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
