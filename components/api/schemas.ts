import type { CompiledContract } from "../../contracts/event/compiledContract";
import { ERRORS } from "./errorBodies";

/** What the API takes of the events that the model was trained on. */
interface Classification {
  /** Limits of the text, in characters. */
  readonly minimumLength: number;
  readonly maximumLength?: number;
  readonly labels: readonly string[];
}

/**
 * The text people wrote, which is the one that is masked in the lake, and the labels it may get.
 *
 * @throws Error when the events have no such field
 */
function classificationOf({ workload, fields, label }: CompiledContract): Classification {
  const text = fields.find(
    ({ uses, maximumItems }) => uses.includes("mask") && maximumItems === undefined,
  );
  if (text === undefined || label === null) {
    throw new Error(
      `The prediction API classifies texts, and the events of ${workload} have no ` +
        `${text === undefined ? 'text with the use "mask"' : 'field with the use "label"'}. Describe one in ` +
        `workloads/${workload}/event.schema.json.`,
    );
  }
  const { minimumLength = 0, maximumLength } = text;
  return { minimumLength, maximumLength, labels: label.values };
}

/**
 * The models of the API. API Gateway checks requests against them as JSON schema draft 4, so they
 * hold nothing newer, and their names are alphanumeric because it accepts no others.
 */
export function buildSchemas(
  contract: CompiledContract,
  maxInstances: number,
): Record<string, object> {
  const { minimumLength, maximumLength, labels } = classificationOf(contract);
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
            minLength: minimumLength,
            ...(maximumLength === undefined ? {} : { maxLength: maximumLength }),
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
