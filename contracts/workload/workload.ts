import type { EventContract } from "../event/compile";
import type { PredictionContract } from "../prediction/predictionContract";
import type { DataSet } from "./dataSet";

/** A folder of `workloads/`: what its events are, what its model is asked and answers, and how good it must be. */
export interface Workload {
  /** Name of the folder. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** For people, in a sentence. */
  readonly description: string;
  /** Passes over the training split, unless the stack file says another number. */
  readonly epochs: number;
  readonly gate: {
    /** The figure of a model's evaluation that decides; more is better. */
    readonly metric: string;
    /** Least value of it, unless the stack file says another one. */
    readonly minimum: number;
  };
  /** Metrics of the evaluation that a registered model publishes, including the gate's. */
  readonly metrics: readonly string[];
  readonly prediction: PredictionContract;
  readonly event: EventContract;
  /** Data set of its demo. Absent if the demo invents its events, or there is no demo. */
  readonly dataSet?: DataSet;
}
