import { expect } from "chai";

import { compilePredictionSchema } from "../../../contracts/prediction/compile";
import { PREDICTION, predictionSchema, side } from "./schemas";

export type Properties = Record<string, unknown>;

export function problems(value: unknown): string[] {
  try {
    compilePredictionSchema("things", "things.json", JSON.stringify(value));
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    expect(head).to.equal(`things.json has ${count} (docs/predictions.md has the rules):`);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

export const INSTANCE = side({ id: { type: "integer" } }, { examples: [{ id: 1 }] });

/** Problems of a field `f` of an instance. */
export function ofInstance(f: unknown): string[] {
  return problems(predictionSchema(side({ f }, { examples: [{}] }), PREDICTION));
}

/** Problems of a field `f` of a prediction, beside another one. */
export function ofPrediction(f: unknown, name = "f"): string[] {
  return problems(predictionSchema(INSTANCE, side({ [name]: f, other: { type: "boolean" } })));
}

export function ofExamples(
  examples: unknown,
  properties: Properties = { f: { type: "integer" } },
): string[] {
  return problems(
    predictionSchema(side(properties, examples === undefined ? {} : { examples }), PREDICTION),
  );
}

export const TYPES = "string, integer, number, boolean";
export const WHOLE = "must be a whole number from";
