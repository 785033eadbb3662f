import { type ErrorCode, ERRORS } from "../../contracts/predictionErrors";
import { errorTemplate } from "./errorBodies";

/** A value of `x-amazon-apigateway-gateway-responses`. */
export interface GatewayResponse {
  /** Absent: API Gateway's default status. */
  readonly statusCode?: string;
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates: { readonly "application/json": string };
}

/**
 * Gateway responses: what API Gateway returns without calling the integration.
 * Response types: API Gateway developer guide, "Gateway response types".
 *
 * @param authorization with `iam` API Gateway cannot tell a missing signature from an unknown path: both stay 403
 */
export function buildGatewayResponses(
  authorization: "apiKey" | "iam",
): Record<string, GatewayResponse> {
  return {
    BAD_REQUEST_BODY: response(
      "invalid_request",
      // The validator's own message, which API Gateway inserts without quotes.
      '"$context.error.validationErrorString"',
    ),
    BAD_REQUEST_PARAMETERS: response("invalid_request", "$context.error.messageString"),
    ACCESS_DENIED: response("access_denied"),
    EXPIRED_TOKEN: response("access_denied"),
    INVALID_SIGNATURE: response("access_denied"),
    UNAUTHORIZED: response("access_denied"),
    WAF_FILTERED: response("access_denied"),
    INVALID_API_KEY: response("invalid_api_key"),
    MISSING_AUTHENTICATION_TOKEN: response(authorization === "iam" ? "access_denied" : "not_found"),
    RESOURCE_NOT_FOUND: response("not_found"),
    REQUEST_TOO_LARGE: response("request_too_large"),
    UNSUPPORTED_MEDIA_TYPE: response("unsupported_media_type"),
    THROTTLED: response("throttled"),
    QUOTA_EXCEEDED: response("quota_exceeded"),
    INTEGRATION_FAILURE: response("endpoint_unavailable"),
    INTEGRATION_TIMEOUT: response("timeout"),
    DEFAULT_4XX: keepingStatus("invalid_request"),
    DEFAULT_5XX: keepingStatus("internal_error"),
  };
}

function response(code: ErrorCode, message?: string): GatewayResponse {
  return {
    statusCode: String(ERRORS[code].status),
    responseTemplates: { "application/json": errorTemplate(code, message) },
  };
}

function keepingStatus(code: ErrorCode): GatewayResponse {
  return {
    responseTemplates: { "application/json": errorTemplate(code, "$context.error.messageString") },
  };
}
