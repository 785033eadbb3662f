type Properties = Record<string, unknown>;

/** The schema of an object with these fields, as one side of a prediction schema. */
export function side(properties: Properties, more: object = {}): object {
  return { type: "object", required: Object.keys(properties), properties, ...more };
}

/** A prediction schema of two sides. */
export function predictionSchema(
  instance: unknown,
  prediction: unknown,
  root: object = {},
): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Things",
    description: "Says what a thing is.",
    type: "object",
    required: ["instance", "prediction"],
    properties: { instance, prediction },
    ...root,
  };
}

/** A prediction that every schema may have. */
export const PREDICTION = side({ score: { type: "number" }, unusual: { type: "boolean" } });

/** One of each kind of field. */
export const EVERYTHING = predictionSchema(
  side(
    {
      word: { type: "string", minLength: 1, maxLength: 9, title: "Word", description: "A word." },
      kind: { type: "string", enum: ["b", "a"] },
      count: { type: "integer", minimum: 0 },
      level: { type: "number", maximum: 1.5 },
      known: { type: "boolean" },
      items: { type: "array", maxItems: 3, items: { type: "integer", maximum: 9 } },
      pair: { type: "array", minItems: 2, maxItems: 2, items: { type: "string", maxLength: 4 } },
    },
    {
      description: "A thing.",
      examples: [
        { word: "w", kind: "a", count: 1, level: 0.5, known: true, items: [], pair: ["x", "y"] },
        { word: "v", kind: "b", count: 0, level: -1, known: false, items: [9], pair: ["", ""] },
      ],
    },
  ),
  side(
    {
      label: { type: "string", enum: ["yes", "no"], description: "The answer." },
      place: { type: "integer" },
      score: { type: "number", minimum: 0, maximum: 1 },
      sure: { type: "boolean" },
      names: { type: "array", minItems: 2, maxItems: 2, items: { type: "string" } },
    },
    { description: "What it is." },
  ),
);
