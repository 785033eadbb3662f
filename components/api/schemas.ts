import type {
  PredictionContract,
  PredictionField,
} from "../../contracts/prediction/predictionContract";
import { ERRORS } from "../../contracts/predictionErrors";

/**
 * Maximum instances in a request. TensorFlow Serving takes one shape per request, so it is 1 where the length of an
 * array may differ between instances.
 *
 * @param configured `streaming-ml:api.maxInstances`
 */
export function mostInstances(prediction: PredictionContract, configured: number): number {
  return prediction.variableArrays ? 1 : configured;
}

/**
 * The models of the API. API Gateway validates requests against them as JSON schema draft 4, so they use nothing newer,
 * and it accepts only alphanumeric names.
 *
 * @param maxInstances `streaming-ml:api.maxInstances`
 */
export function buildSchemas(
  prediction: PredictionContract,
  maxInstances: number,
): Record<string, object> {
  return {
    PredictionRequest: strictObject({
      instances: {
        type: "array",
        description: "What the model is asked about, answered in the same order.",
        minItems: 1,
        maxItems: mostInstances(prediction, maxInstances),
        items: {
          ...described(prediction.instanceDescription),
          ...strictObject(fieldSchemas(prediction.instance)),
        },
      },
    }),
    PredictionResponse: object({
      predictions: {
        type: "array",
        description: "One answer for each instance, in the same order.",
        items: {
          ...described(prediction.predictionDescription),
          ...object(fieldSchemas(prediction.prediction)),
        },
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
          description: "Figures measured on the test split, by their names.",
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

function described(description: string | undefined): object {
  return description === undefined ? {} : { description };
}

function fieldSchemas(fields: readonly PredictionField[]): Record<string, object> {
  return Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));
}

function fieldSchema(field: PredictionField): object {
  const notes = {
    ...(field.title === undefined ? {} : { title: field.title }),
    ...described(field.description),
  };
  return field.maximumItems === undefined
    ? { ...valueSchema(field), ...notes }
    : {
        type: "array",
        minItems: field.minimumItems,
        maxItems: field.maximumItems,
        items: valueSchema(field),
        ...notes,
      };
}

function valueSchema(field: PredictionField): object {
  const rules = {
    // With an enum, or without a limit, a length adds nothing.
    minLength: field.allowed === undefined && field.minimumLength ? field.minimumLength : undefined,
    maxLength: field.maximumLength,
    minimum: field.minimum,
    maximum: field.maximum,
    enum: field.allowed,
  };
  const given = Object.entries(rules).filter(([, value]) => value !== undefined);
  return { type: field.type, ...Object.fromEntries(given) };
}
