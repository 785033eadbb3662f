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
  /** On the test split, 0 to 1. The baseline is TF-IDF with logistic regression. */
  readonly model: {
    readonly macroF1: number;
    readonly baselineMacroF1: number;
    readonly accuracy: number;
  };
  /** Round trip of a request with one text through the REST API, in milliseconds. */
  readonly prediction: { readonly p50Ms: number; readonly p99Ms: number };
  readonly predictions: readonly {
    /** What people are shown of the instance that was sent. */
    readonly text: string;
    readonly expected: string;
    readonly label: string;
    /** Probabilities of the labels, in the contract's order. */
    readonly scores: readonly number[];
  }[];
  /** Wall time per stage, in seconds. */
  readonly stageSeconds: Readonly<Record<string, number>>;
  readonly api: { readonly url: string };
}

/** What the page plots beside the report's figures. */
export interface ReportDetails {
  readonly batches: readonly BatchMetrics[];
  /** The labels in the contract's order. */
  readonly labels: readonly string[];
  /** Rows: the expected labels in their order; columns: the predicted ones. */
  readonly confusion: readonly (readonly number[])[];
  readonly rate: number;
  readonly createdAt: string;
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
