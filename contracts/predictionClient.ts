import createClient from "openapi-fetch";
import type { ErrorCode } from "./predictionErrors";

interface Content<Body> {
  content: { "application/json": Body };
}

/** Which model answers. */
export interface ServedModel {
  /** Version in the model package group. */
  version: number;
  modelPackageArn: string;
  /** When it was registered, RFC 3339. */
  createdAt?: string;
  /** The training set, an s3:// prefix. */
  trainedFrom?: string;
  /** Figures measured on the test split, by their names. */
  metrics?: Record<string, number>;
}

/**
 * What all prediction APIs have in common: the type `paths` of every `workloads/<name>/predictionApi.ts` fits it. What an
 * instance and a prediction are, only that type says.
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

/** What the model of an API is asked about. */
export type InstanceOf<Paths extends PredictionPaths> =
  Predict<Paths>["requestBody"]["content"]["application/json"]["instances"][number];

/** What it answers for one instance. */
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

/** What the API answers instead of a prediction. */
export class PredictionError extends Error {
  override readonly name = "PredictionError";

  /** @param code undefined when the answer did not come from the API, but from a proxy before it */
  constructor(
    readonly status: number,
    readonly code: ErrorCode | undefined,
    message: string,
  ) {
    super(`The prediction API answered ${status} ${code ?? "without a code"}: ${message}`);
  }

  /** Whether the same request may succeed a moment later. */
  get isTemporary(): boolean {
    return this.code !== "quota_exceeded" && (this.status === 429 || this.status >= 500);
  }
}

/** The prediction API of one stack. Every method throws a {@link PredictionError} on a refusal. */
export interface PredictionClient<Paths extends PredictionPaths> {
  /**
   * Asks the model, and gets an answer for each instance in the same order.
   *
   * @param instances at least one, and at most `streaming-ml:api.maxInstances` of the stack: 64 unless it says less
   */
  predict(instances: readonly InstanceOf<Paths>[]): Promise<PredictionOf<Paths>[]>;
  /** Ends when the model has answered a fixed question. */
  checkHealth(): Promise<void>;
  /** Says which model answers. */
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
