import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";

import schema from "./event.schema.json";

/**
 * A check of values against the event contract, for producers that want to know before they send.
 *
 * @returns the problems in one line, undefined for a valid event
 */
export function createEventValidator(): (value: unknown) => string | undefined {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "event" });
}
