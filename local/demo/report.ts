import type { Plot } from "./evaluation";
import type { Prediction } from "./prediction";

/** What `.local/report.json` holds; its keys are a contract with whoever reads it. */
export interface DemoReport {
  readonly events: {
    /** Records put on the stream, repeats included. */
    readonly sent: number;
    readonly valid: number;
    /** Records in quarantine by reason. */
    readonly quarantined: Readonly<Record<string, number>>;
    /** Records dropped because the same event and label had been sent before. */
    readonly duplicates: number;
  };
  /** From arrival on the stream to the moment the row can be read from the lake, in seconds. */
  readonly freshnessSeconds: { readonly p50: number; readonly p95: number };
  /**
   * Figures on the test split: each metric of the workload in camel case, `macroF1`, and beside it what
   * the workload's baseline reached, `baselineMacroF1`, where it has one that says so.
   */
  readonly model: Readonly<Record<string, number>>;
  /** Round trip of a request with one instance through the REST API, in milliseconds. */
  readonly prediction: { readonly p50Ms: number; readonly p99Ms: number };
  readonly predictions: readonly {
    /** What people are shown of the instance that was sent. */
    readonly text: string;
    /** The fields of a prediction that were held back. */
    readonly expected: Prediction;
    /** What the API answered. */
    readonly prediction: Prediction;
  }[];
  /** Wall time per stage, in seconds. */
  readonly stageSeconds: Readonly<Record<string, number>>;
  readonly api: { readonly url: string };
}

/** What is shown beside the report's own figures. */
export interface ReportDetails {
  readonly batches: readonly BatchMetrics[];
  readonly figures: ModelFigures;
  /** What the evaluation drew. */
  readonly plots: readonly Plot[];
  readonly workload: string;
  readonly rate: number;
  readonly createdAt: string;
}

/** A model's figures, the gate's first, under the names that the workload gives them. */
export interface ModelFigures {
  readonly metrics: readonly ModelMetric[];
  /** Name of the model that the baseline's figures are of. Absent: the workload has none. */
  readonly baseline?: string;
}

export interface ModelMetric {
  /** In snake case. */
  readonly name: string;
  readonly value: number;
  /** What the baseline reached. Absent: it does not say. */
  readonly baseline?: number;
}

/** One line of the streaming job's metrics file. */
export interface BatchMetrics {
  readonly batchId: number;
  readonly committedAt: string;
  readonly rowsIn: number;
  readonly valid: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly freshnessSeconds: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly batchSeconds: number;
}
