/** What of a workload decides how its model is trained, judged and registered: `workload.json` and its contracts. */
export interface TrainingWorkload {
  /** Folder of `workloads/` that holds the model. */
  readonly name: string;
  /** What the model does, for people; the registry shows it. */
  readonly title: string;
  /** Passes over the training split, unless the stack says otherwise. At least 1. */
  readonly epochs: number;
  readonly gate: {
    /** Name of the figure that decides whether a candidate is registered; more is better. */
    readonly metric: string;
    /** What it must reach, unless the stack says otherwise. */
    readonly minimum: number;
  };
  /** Names of the figures that a registered model carries as metadata. */
  readonly metrics: readonly string[];
  readonly prediction: TrainedPrediction;
  /** SHA-256 of the compiled event contract, lower-case hexadecimal. */
  readonly contractSha256: string;
}

/** What a model that is trained now will take and answer. */
export interface TrainedPrediction {
  /** The prediction schema as it is uploaded. */
  readonly text: string;
  /** SHA-256 of the text, lower-case hexadecimal. */
  readonly sha256: string;
  /** `<workload>-prediction-<first 16 digits of the text's SHA-256>.json`. */
  readonly fileName: string;
  /** Whether an instance holds an array whose length differs from request to request. */
  readonly variableArrays: boolean;
}
