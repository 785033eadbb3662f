import Ajv from "ajv-draft-04";
import type { ValidateFunction } from "ajv";
import type { JsonObject } from "../document/reference";
import { validationErrorString } from "./sentences";

/** Undefined when the body is valid, else the value of `$context.error.validationErrorString`. */
export type BodyValidator = (body: string) => string | undefined;

/**
 * Compiles one model. API Gateway reads models as JSON schema draft 4 and ignores what it does not
 * know, formats among them.
 *
 * @param components the document's components, which references in the schema point into
 */
export function compileBodyValidator(schema: JsonObject, components: unknown): BodyValidator {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true });
  const validate: ValidateFunction = ajv.compile({ ...schema, components });
  return (body) => {
    let value: unknown;
    try {
      // An empty body counts as an empty object.
      value = body.trim() === "" ? {} : JSON.parse(body);
    } catch {
      // Our own sentence: what AWS writes here is not documented.
      return "[body is not valid JSON]";
    }
    return validate(value) ? undefined : validationErrorString(validate.errors ?? []);
  };
}
