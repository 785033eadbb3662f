import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";

import schema from "../workloads/sentiment/event.schema.json";

/**
 * A check of values against the event contract, for producers that want to know before they send.
 *
 * @returns the problems in one line, undefined for a valid event
 */
export function createEventValidator(): (value: unknown) => string | undefined {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats(ajv);
  ajv.addVocabulary(["x-use", "x-max-bytes"]);
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value)
      ? fieldsThatAreNoUnicode(value)
      : ajv.errorsText(validate.errors, { dataVar: "event" });
}

/** JSON can escape half of a surrogate pair, and no JSON schema without a pattern can refuse it. */
function fieldsThatAreNoUnicode(event: object): string | undefined {
  const problems = Object.entries(event)
    .filter(
      ([name, value]) =>
        Object.hasOwn(schema.properties, name) && /\p{Surrogate}/u.test(String(value)),
    )
    .map(([name]) => `event/${name} must be Unicode, but holds half of a surrogate pair`);
  return problems.length > 0 ? problems.join(", ") : undefined;
}
