/**
 * Every error the API answers with, by its stable code. Consumers branch on the code; the message is
 * for people and may change.
 */
export const ERRORS = {
  invalid_request: { status: 400, message: "The request is not valid." },
  access_denied: { status: 403, message: "The request is not allowed." },
  invalid_api_key: { status: 403, message: "The header x-api-key is missing or not a known key." },
  not_found: {
    status: 404,
    message: "There is no such path and method. See the OpenAPI document.",
  },
  request_too_large: { status: 413, message: "The request is too large." },
  unsupported_media_type: { status: 415, message: "Send the body as application/json." },
  throttled: { status: 429, message: "Too many requests at once. Slow down and try again." },
  quota_exceeded: { status: 429, message: "The key's quota is used up until the next period." },
  endpoint_busy: { status: 429, message: "The model has no capacity left. Try again." },
  internal_error: { status: 500, message: "The gateway failed. Try again." },
  model_error: { status: 502, message: "The model could not answer this request." },
  bad_gateway: { status: 502, message: "The model's endpoint answered in an unexpected way." },
  no_model: { status: 503, message: "No model is deployed yet." },
  endpoint_unavailable: {
    status: 503,
    message: "The model's endpoint is not reachable. Try again.",
  },
  timeout: { status: 504, message: "The model did not answer in time." },
} as const;

export type ErrorCode = keyof typeof ERRORS;
