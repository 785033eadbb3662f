/** The types of a field. An integer is sent to the model as int64, a number as float64. */
export const FIELD_TYPES = ["string", "integer", "number", "boolean"] as const;
export type PredictionFieldType = (typeof FIELD_TYPES)[number];

/** One field of an instance or of a prediction: a scalar or an array of scalars, and always there. */
export interface PredictionField {
  readonly name: string;
  /** Type of the value, or of each item of an array. */
  readonly type: PredictionFieldType;
  /** For people. */
  readonly title?: string;
  /** For people. */
  readonly description?: string;
  /** Both are present for arrays only; equal, the length is fixed. */
  readonly minimumItems?: number;
  readonly maximumItems?: number;
  /** In characters (code points); present for strings. */
  readonly minimumLength?: number;
  /** Absent: as long as a request may be. */
  readonly maximumLength?: number;
  /** Inclusive; always present for integers. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only strings there are, in the schema's order. */
  readonly allowed?: readonly string[];
}

/** An instance: what a model is asked about, by the names of its fields. */
export type Instance = Readonly<Record<string, unknown>>;

/** The instance and the prediction of a model, for the API, the training and the client. */
export interface PredictionContract {
  /** Title of the API, for people. */
  readonly title: string;
  /** Description of the API, for people. */
  readonly description: string;
  /** Description of an instance; absent if the schema has none. */
  readonly instanceDescription?: string;
  /** Description of a prediction; absent if the schema has none. */
  readonly predictionDescription?: string;
  /** In the schema's order. */
  readonly instance: readonly PredictionField[];
  /** In the schema's order; at least two. */
  readonly prediction: readonly PredictionField[];
  /**
   * Whether an instance has an array whose length may differ. TensorFlow Serving takes one shape per request, so such a
   * request holds one instance, and requests are not batched.
   */
  readonly variableArrays: boolean;
  /** The first example of an instance: what the health check asks. */
  readonly sample: Instance;
  /** The text that is deployed: the schema without white space, in its own order. It compiles to the same contract. */
  readonly text: string;
  /** SHA-256 of the text, lower-case hexadecimal. */
  readonly sha256: string;
  /** `<workload>-prediction-<first 16 digits of the hash>.json`. */
  readonly fileName: string;
}
