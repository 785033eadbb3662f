/** What a registered model says of itself; absent is what its package does not say. */
export interface PackageMetadata {
  /** `s3://` prefix of the training set. */
  readonly trainedFrom?: string;
  /** Figures measured on the test split, by their names. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Name of the workload that it is a model of. */
  readonly workload?: string;
  /** SHA-256 of the event contract that its training set was made with. */
  readonly eventContract?: string;
  /** `s3://` address of the schema of what it is asked and answers. */
  readonly predictionSchemaUri?: string;
}

/** Begins the names of figures that the workload lists; `margin` is the gate's own. */
const METRIC = "metric:";

/**
 * Reads the texts that the training pipeline wrote into a model package.
 *
 * @param metadata the package's `CustomerMetadataProperties`
 */
export function readPackageMetadata(metadata: Readonly<Record<string, string>>): PackageMetadata {
  const figures = Object.entries(metadata)
    .filter(([name]) => name.startsWith(METRIC) || name === "margin")
    .map(([name, text]) => [name.replace(METRIC, ""), Number.parseFloat(text)] as const);
  return {
    trainedFrom: metadata.trainingSet,
    metrics: Object.fromEntries(figures.filter(([, figure]) => Number.isFinite(figure))),
    workload: metadata.workload,
    eventContract: metadata.contract,
    predictionSchemaUri: metadata.predictionSchema,
  };
}
