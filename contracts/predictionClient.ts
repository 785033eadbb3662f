import createClient from "openapi-fetch";

import type { ErrorCode } from "./predictionErrors";

interface Content<Body> {
  content: { "application/json": Body };
}

/** The model that is deployed. */
export interface ServedModel {
  /** Version in the model package group. */
  version: number;
  modelPackageArn: string;
  /** When it was registered, RFC 3339. */
  createdAt?: string;
  /** The training set, an s3:// prefix. */
  trainedFrom?: string;
  /** Metrics on the test split, by name. */
  metrics?: Record<string, number>;
}

/**
 * The common part of all prediction APIs: the type `paths` of every `workloads/<name>/predictionApi.ts` extends it and
 * adds the types of instance and prediction.
 */
export interface PredictionPaths {
  "/v1/predictions": {
    post: {
      requestBody: Content<{ instances: object[] }>;
      responses: { 200: Content<{ predictions: object[] }> };
    };
  };
  "/v1/health": { get: { responses: { 200: Content<{ status: "ok" }> } } };
  "/v1/model": { get: { responses: { 200: Content<ServedModel> } } };
}

type Predict<Paths extends PredictionPaths> = Paths["/v1/predictions"]["post"];

/** The instance of an API. */
export type InstanceOf<Paths extends PredictionPaths> =
  Predict<Paths>["requestBody"]["content"]["application/json"]["instances"][number];

/** The prediction for one instance. */
export type PredictionOf<Paths extends PredictionPaths> =
  Predict<Paths>["responses"][200]["content"]["application/json"]["predictions"][number];

/** How to reach the API of one stack. */
export interface PredictionAccess {
  /** Base address, the stack output `streamingMl.api.url`. */
  readonly url: string;
  /** Value of an API key, the secret stack output `apiKey` or a key of your own. */
  readonly apiKey: string;
  /** Sends the requests; default `fetch`. With IAM authorisation, one that signs them. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** An error response of the API. */
export class PredictionError extends Error {
  override readonly name = "PredictionError";

  /** @param code undefined if the response came from a proxy before the API */
  constructor(
    readonly status: number,
    readonly code: ErrorCode | undefined,
    message: string,
  ) {
    super(`The prediction API answered ${status} ${code ?? "without a code"}: ${message}`);
  }

  /** Whether to retry the same request. */
  get isTemporary(): boolean {
    return this.code !== "quota_exceeded" && (this.status === 429 || this.status >= 500);
  }
}

/** The prediction API of one stack. Every method throws a {@link PredictionError} on an error response. */
export interface PredictionClient<Paths extends PredictionPaths> {
  /**
   * Returns a prediction for each instance, in the same order.
   *
   * @param instances at least one, and at most `streaming-ml:api.maxInstances` of the stack (default 64)
   */
  predict(instances: readonly InstanceOf<Paths>[]): Promise<PredictionOf<Paths>[]>;
  /** Resolves when the model has predicted for the example of its schema. */
  checkHealth(): Promise<void>;
  /** Returns the model that is deployed. */
  describeModel(): Promise<ServedModel>;
}

/**
 * A client of the prediction API, typed from the OpenAPI document of a workload.
 *
 * @example
 * import type { paths } from "../workloads/sentiment/predictionApi";
 * const client = createPredictionClient<paths>({ url: process.env.API_URL!, apiKey: process.env.API_KEY! });
 * const [{ label }] = await client.predict([{ text: "What a day" }]);
 */
export function createPredictionClient<Paths extends PredictionPaths>(
  access: PredictionAccess,
): PredictionClient<Paths> {
  const client = createClient<PredictionPaths>({
    baseUrl: access.url,
    headers: { "x-api-key": access.apiKey },
    ...(access.fetch === undefined ? {} : { fetch: access.fetch }),
  });
  return {
    async predict(instances) {
      const body = { instances: [...instances] };
      const { predictions } = contentOf(await client.POST("/v1/predictions", { body }));
      return predictions;
    },
    async checkHealth() {
      contentOf(await client.GET("/v1/health"));
    },
    async describeModel() {
      return contentOf(await client.GET("/v1/model"));
    },
  };
}

interface Answer<Content> {
  readonly data?: Content;
  readonly error?: unknown;
  readonly response: Response;
}

function contentOf<Content>({ data, error, response }: Answer<Content>): Content {
  if (data !== undefined) {
    return data;
  }
  const said = error as { error?: { code?: ErrorCode; message?: string } } | undefined;
  const { code, message } = said?.error ?? {};
  throw new PredictionError(response.status, code, message ?? response.statusText);
}
