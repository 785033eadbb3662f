import createClient from "openapi-fetch";
import type { components, paths } from "./predictionApi";

type Schemas = components["schemas"];

/** A post's label with the probabilities of all labels. */
export type Prediction = Schemas["PredictionResponse"]["predictions"][number];
/** Which model answers. */
export type ServedModel = Schemas["Model"];
/** Stable: branch on it, not on the message. */
export type ErrorCode = Schemas["ApiError"]["error"]["code"];

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
export interface PredictionClient {
  /** Classifies 1 to 64 posts, answered in the same order. */
  predict(texts: readonly string[]): Promise<Prediction[]>;
  /** Ends when the model has answered a fixed question. */
  checkHealth(): Promise<void>;
  /** Says which model answers. */
  describeModel(): Promise<ServedModel>;
}

/**
 * A client of the prediction API, typed from its OpenAPI document.
 *
 * @example
 * const client = createPredictionClient({ url: process.env.API_URL!, apiKey: process.env.API_KEY! });
 * const [{ label }] = await client.predict(["What a day"]);
 */
export function createPredictionClient(access: PredictionAccess): PredictionClient {
  const client = createClient<paths>({
    baseUrl: access.url,
    headers: { "x-api-key": access.apiKey },
    ...(access.fetch === undefined ? {} : { fetch: access.fetch }),
  });
  return {
    async predict(texts) {
      const body = { instances: texts.map((text) => ({ text })) };
      return contentOf(await client.POST("/v1/predictions", { body })).predictions;
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
  const { code, message } = (error as Partial<Schemas["ApiError"]> | undefined)?.error ?? {};
  throw new PredictionError(response.status, code, message ?? response.statusText);
}
