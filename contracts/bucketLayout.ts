/**
 * What lies where in a stack's two buckets: prefixes, without a trailing slash. Components grant and expire by them, jobs
 * and containers are told the addresses; what lies below events and their history is in `lake-layout.json`.
 */

/** Prefixes of the lake bucket. Events and history of later versions of the lake have a suffix (`lakePlaces`). */
export const LAKE_PREFIXES = {
  trainingSets: "training-sets",
  /** Requests and answers of the endpoint, as SageMaker captures them. */
  dataCapture: "data-capture",
  /** What queries answered; apart, because who reads the one shall not read the other. */
  queryResults: "query-results/events",
  quarantineQueryResults: "query-results/quarantine",
} as const;

/** Prefixes of the artifact bucket. */
export const ARTIFACT_PREFIXES = {
  /** Code of the Spark jobs and of the training, named by its content. */
  code: "code",
  /** The streaming job's checkpoints; lock and stop marker lie beside each. */
  checkpoints: "checkpoints",
  /** What EMR keeps of the cluster's nodes, steps and containers. */
  logs: "logs",
  models: "models",
  evaluations: "evaluations",
  /** What each trained model takes and answers. */
  schemas: "schemas",
  /** Published OpenAPI documents. */
  api: "api",
} as const;
