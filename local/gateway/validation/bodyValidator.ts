import type { ValidateFunction } from "ajv";
import Ajv from "ajv-draft-04";

import type { JsonObject } from "../document/reference";
import { validationErrorString } from "./sentences";

/** Returns undefined for a valid body, else the value of `$context.error.validationErrorString`. */
export type BodyValidator = (body: string) => string | undefined;

/**
 * Compiles one model. API Gateway reads models as JSON schema draft 4 and ignores keywords that it
 * does not know, and formats.
 *
 * @param components the document's components, to which references in the schema point
 */
export function compileBodyValidator(schema: JsonObject, components: unknown): BodyValidator {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true });
  const validate: ValidateFunction = ajv.compile({ ...schema, components });
  return (body) => {
    let value: unknown;
    try {
      // API Gateway validates an empty body as an empty object.
      value = body.trim() === "" ? {} : JSON.parse(body);
    } catch {
      // Our own sentence: that of AWS is not documented.
      return "[body is not valid JSON]";
    }
    return validate(value) ? undefined : validationErrorString(validate.errors ?? []);
  };
}
