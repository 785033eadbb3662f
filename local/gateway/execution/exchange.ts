import type { MappingSource } from "../template/parameterMapping";

/** A request to a deployed stage, before its body is read. */
export interface ExecutionRequest extends Omit<MappingSource, "pathParameters"> {
  readonly method: string;
  /** Path below the stage, percent-encoded, with a slash at the beginning. */
  readonly path: string;
  /**
   * Reads the body.
   *
   * @throws BodyTooLargeError if it has more than 10 MB
   */
  readonly readBody: () => Promise<Buffer>;
}

export interface ExecutionResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What the access log contains of a request beside the request line. */
export interface ExecutionRecord {
  apiKeyId?: string;
  resourcePath?: string;
  /** Type of the gateway response, if the gateway itself answered. */
  errorType?: string;
  /** The reason, where the caller gets a shorter message. */
  errorDetail?: string;
  integrationStatus?: number;
  integrationMilliseconds?: number;
}

/** The request body is larger than API Gateway allows. */
export class BodyTooLargeError extends Error {}

/** Ends the execution of a request with a gateway response. */
export class GatewayResponseError extends Error {
  readonly validationErrorString?: string;
  readonly detail?: string;

  constructor(
    readonly responseType: ResponseType,
    about: ErrorDetails = {},
  ) {
    super(about.message ?? RESPONSE_TYPES[responseType].message);
    this.validationErrorString = about.validationErrorString;
    this.detail = about.detail;
  }
}

interface ErrorDetails {
  /** Replaces the type's own message. */
  readonly message?: string;
  readonly validationErrorString?: string;
  /** For the log only. */
  readonly detail?: string;
}

interface ResponseTypeDefaults {
  readonly status: number;
  readonly message: string;
  /** Value of the x-amzn-ErrorType header. */
  readonly errorType: string;
}

/** Source: API Gateway developer guide, "Gateway response types". */
export const RESPONSE_TYPES = {
  API_CONFIGURATION_ERROR: {
    status: 500,
    message: "Internal server error",
    errorType: "InternalServerErrorException",
  },
  BAD_REQUEST_BODY: {
    status: 400,
    message: "Invalid request body",
    errorType: "BadRequestException",
  },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: "Invalid request parameters",
    errorType: "BadRequestException",
  },
  INTEGRATION_FAILURE: {
    status: 504,
    message: "Network error communicating with endpoint",
    errorType: "InternalServerErrorException",
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: "Endpoint request timed out",
    errorType: "InternalServerErrorException",
  },
  INVALID_API_KEY: { status: 403, message: "Forbidden", errorType: "ForbiddenException" },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: "Missing Authentication Token",
    errorType: "MissingAuthenticationTokenException",
  },
  QUOTA_EXCEEDED: { status: 429, message: "Limit Exceeded", errorType: "LimitExceededException" },
  REQUEST_TOO_LARGE: {
    status: 413,
    message: "Request Too Long",
    errorType: "RequestTooLargeException",
  },
  THROTTLED: { status: 429, message: "Too Many Requests", errorType: "TooManyRequestsException" },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: "Unsupported Media Type",
    errorType: "UnsupportedMediaTypeException",
  },
} as const satisfies Record<string, ResponseTypeDefaults>;

export type ResponseType = keyof typeof RESPONSE_TYPES;
