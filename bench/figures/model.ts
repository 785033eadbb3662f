import type { Figure } from "./figure";

/** What `bench/model.py` prints. */
export interface ModelResult {
  readonly workload: string;
  /** Metric of the gate, in snake case. */
  readonly metric: string;
  readonly model: {
    readonly value: number;
    readonly seconds: number;
    readonly p50Ms1: number;
    readonly p50Ms32: number;
  };
  readonly baselines: readonly { readonly name: string; readonly value: number }[];
  /** Duration of the first baseline's fit. */
  readonly baselineSeconds: number;
  /** How much more than each of them the model must reach. */
  readonly leastMargin: number;
}

export function modelFigures(result: ModelResult): Figure[] {
  const { workload, metric, model, baselines, baselineSeconds, leastMargin } = result;
  return [
    ...baselines.map(({ name, value }) => {
      const margin = model.value - value;
      return {
        what: `${workload}: ${metric.replaceAll("_", " ")} on the test split`,
        value: `${model.value.toFixed(4)} (${(100 * margin).toFixed(1)} points more)`,
        comparedWith: `${name} ${value.toFixed(4)}`,
        target: `>= ${(100 * leastMargin).toFixed(1)} points more`,
        met: margin >= leastMargin,
      };
    }),
    {
      what: `${workload}: training`,
      value: `${model.seconds.toFixed(0)} s`,
      comparedWith: `baseline ${baselineSeconds.toFixed(0)} s`,
      target: "<= 90 s",
      met: model.seconds <= 90,
    },
    {
      what: `${workload}: in-process call, p50 of 1 / 32 instances`,
      value: `${model.p50Ms1.toFixed(2)} ms / ${model.p50Ms32.toFixed(2)} ms`,
      comparedWith: "",
      target: "",
    },
  ];
}
