import { type ErrorCode, ERRORS } from "../../contracts/predictionErrors";

/**
 * A response template with the body that all errors share.
 *
 * @param message a template expression that yields a JSON string, instead of the code's own message
 */
export function errorTemplate(code: ErrorCode, message?: string): string {
  return `{"error":{"code":"${code}","message":${message ?? JSON.stringify(ERRORS[code].message)}}}`;
}
