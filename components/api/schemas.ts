import { ERRORS } from "./errorBodies";

/** The part of `contracts/event.schema.json` the API is derived from. */
export interface EventSchema {
  readonly properties: {
    readonly text: { readonly minLength: number; readonly maxLength: number };
    readonly label: { readonly enum: readonly (string | null)[] };
  };
}

/**
 * The models of the API. API Gateway checks requests against them as JSON schema draft 4, so they
 * hold nothing newer, and their names are alphanumeric because it accepts no others.
 */
export function buildSchemas(event: EventSchema, maxInstances: number): Record<string, object> {
  const { minLength, maxLength } = event.properties.text;
  const labels = event.properties.label.enum.filter((label) => label !== null);
  return {
    PredictionRequest: strictObject({
      instances: {
        type: "array",
        description: "The posts to classify, answered in the same order.",
        minItems: 1,
        maxItems: maxInstances,
        items: strictObject({
          text: {
            type: "string",
            description: "The post itself, in characters, with the limits of the event contract.",
            minLength,
            maxLength,
          },
        }),
      },
    }),
    PredictionResponse: object({
      predictions: {
        type: "array",
        items: object({
          label: { type: "string", enum: labels },
          scores: {
            type: "array",
            description: `Probabilities of ${labels.join(", ")}, in this order.`,
            items: { type: "number" },
          },
        }),
      },
    }),
    Health: object({ status: { type: "string", enum: ["ok"] } }),
    Model: {
      type: "object",
      required: ["version", "modelPackageArn"],
      properties: {
        version: { type: "integer", description: "Version in the model package group." },
        modelPackageArn: { type: "string" },
        createdAt: { type: "string", description: "When it was registered, RFC 3339." },
        trainedFrom: { type: "string", description: "The training set, an s3:// prefix." },
        metrics: {
          type: "object",
          description: "Figures measured on the test split, for example macroF1.",
          additionalProperties: { type: "number" },
        },
      },
    },
    ApiError: object({
      error: object({
        code: { type: "string", enum: Object.keys(ERRORS) },
        message: { type: "string" },
      }),
    }),
  };
}

function object(properties: Record<string, object>): object {
  return { type: "object", required: Object.keys(properties), properties };
}

function strictObject(properties: Record<string, object>): object {
  return { ...object(properties), additionalProperties: false };
}
