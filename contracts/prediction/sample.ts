import Ajv2020, { type ErrorObject } from "ajv/dist/2020";

import type { SchemaProblem } from "../schema/problem";
import type { SchemaObject } from "../schema/schemaObject";

/**
 * Problems with the examples of an instance; the health check sends the first one.
 *
 * @param instance the schema of an instance without other problems
 */
export function sampleProblems(instance: SchemaObject): SchemaProblem[] {
  const examples = (instance.examples ?? []) as readonly unknown[];
  if (examples.length === 0) {
    const message = "must hold an instance: the health check asks the model about the first one";
    return [{ path: "instance.examples", message }];
  }
  // The schema is in the subset, so it need not be validated against its dialect.
  const ajv = new Ajv2020({ allErrors: true, meta: false, validateSchema: false });
  const validate = ajv.compile({ ...instance, additionalProperties: false });
  return examples.flatMap((example, index) =>
    validate(example)
      ? []
      : (validate.errors ?? []).map((error) => exampleProblem(index, example, error)),
  );
}

function exampleProblem(index: number, example: unknown, error: ErrorObject): SchemaProblem {
  const place = `instance.examples.${index}${error.instancePath.replaceAll("/", ".")}`;
  const params = error.params as { additionalProperty?: string; allowedValues?: unknown };
  const which =
    params.additionalProperty ??
    (params.allowedValues === undefined ? undefined : JSON.stringify(params.allowedValues));
  return {
    path: place,
    message: `is not an instance: it ${error.message ?? error.keyword}${which === undefined ? "" : ` (${which})`}`,
    received: example,
  };
}
