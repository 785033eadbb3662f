import { createHash } from "node:crypto";

import { SchemaError, type SchemaProblem } from "../schema/problem";
import { isObject, parseObject, type SchemaObject } from "../schema/schemaObject";
import { readSide } from "./fields";
import { predictionKeywordProblems } from "./keywords";
import type { Instance, PredictionContract, PredictionField } from "./predictionContract";
import { sampleProblems } from "./sample";

const RULES = "predictions.md";

/**
 * Compiles the schema of what a workload's model is asked and answers.
 *
 * @param workload name of its folder
 * @param file where the schema stands, for messages
 * @param text the schema, JSON
 * @throws SchemaError with everything in it that is outside the subset
 */
export function compilePredictionSchema(
  workload: string,
  file: string,
  text: string,
): PredictionContract {
  const schema = parseObject(
    file,
    RULES,
    "the JSON schema of an instance and its prediction",
    text,
  );
  const sides: SchemaObject = isObject(schema.properties) ? schema.properties : {};
  const instance = readSide("instance", sides.instance);
  const prediction = readSide("prediction", sides.prediction);
  const problems = [
    ...rootProblems(schema, sides),
    ...instance.problems,
    ...prediction.problems,
    ...countProblems(prediction.fields, prediction.problems),
    ...(instance.problems.length === 0 ? sampleProblems(sides.instance as SchemaObject) : []),
  ];
  if (problems.length > 0) {
    throw new SchemaError(file, RULES, problems);
  }
  const written = JSON.stringify(schema);
  const sha256 = createHash("sha256").update(written, "utf8").digest("hex");
  const [asked, answered] = [sides.instance, sides.prediction] as readonly SchemaObject[];
  return {
    title: schema.title as string,
    description: schema.description as string,
    ...described("instanceDescription", asked),
    ...described("predictionDescription", answered),
    instance: instance.fields,
    prediction: prediction.fields,
    variableArrays: instance.fields.some(
      ({ minimumItems, maximumItems }) => minimumItems !== maximumItems,
    ),
    sample: (asked.examples as readonly Instance[])[0],
    text: written,
    sha256,
    fileName: `${workload}-prediction-${sha256.slice(0, 16)}.json`,
  };
}

function described(name: string, { description }: SchemaObject): object {
  return description === undefined ? {} : { [name]: description };
}

const EXAMPLES: Readonly<Record<string, string>> = {
  title: 'it names the API, for example "Sentiment predictions"',
  description: "it says what the API answers, in a sentence",
};

function rootProblems(schema: SchemaObject, sides: SchemaObject): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  if (schema.$schema === undefined) {
    const message = 'is missing: it must be "https://json-schema.org/draft/2020-12/schema"';
    problems.push({ path: "$schema", message });
  }
  for (const [name, example] of Object.entries(EXAMPLES)) {
    if (schema[name] === undefined || schema[name] === "") {
      problems.push({ path: name, message: `is missing: ${example}` });
    }
  }
  if (schema.type !== "object") {
    problems.push({
      path: "type",
      message: 'must be "object": it holds an instance and a prediction',
      ...(schema.type === undefined ? {} : { received: schema.type }),
    });
  }
  const others = Object.keys(sides).filter((name) => !["instance", "prediction"].includes(name));
  if (others.length > 0) {
    const message = "must hold instance and prediction only: remove the others";
    problems.push({ path: "properties", message, received: others });
  }
  const { required } = schema;
  if (
    !Array.isArray(required) ||
    [...(required as unknown[])].sort().join() !== "instance,prediction"
  ) {
    const message = 'must be ["instance", "prediction"]';
    problems.push({
      path: "required",
      message,
      ...(required === undefined ? {} : { received: required }),
    });
  }
  return [...problems, ...predictionKeywordProblems("root", "", schema)];
}

/** TensorFlow Serving returns a single output as a bare value, not as an object. */
function countProblems(
  fields: readonly PredictionField[],
  problems: readonly SchemaProblem[],
): SchemaProblem[] {
  return problems.length > 0 || fields.length > 1
    ? []
    : [
        {
          path: "prediction.properties",
          message:
            "must list at least two fields: of a single one TensorFlow Serving answers the bare value. Add another",
          received: fields.map(({ name }) => name),
        },
      ];
}
