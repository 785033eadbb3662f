import Ajv2020 from "ajv/dist/2020";

import type { PredictionField } from "../../contracts/prediction/predictionContract";
import { readWorkload } from "../../contracts/workload/readWorkload";
import { localWorkload } from "../../tools/setup/localWorkload";

/** The workload that these tests deploy: `WORKLOAD`, or else the one of `Pulumi.local.yaml`. */
export const testedWorkload = readWorkload(process.env.WORKLOAD || localWorkload());

/** Lets a stack serve it. */
export const SERVES_IT = { "streaming-ml:workload": testedWorkload.name } as const;

/** How many of its demo's events are sent: enough for the model of invented events; real ones may need more. */
export const EVENTS = Number(process.env.EVENTS) || 3000;

/**
 * The field of an instance that takes any text.
 *
 * @throws Error where the workload has none: personal data could not be planted in requests
 */
export function textField(): PredictionField {
  const field = testedWorkload.prediction.instance.find(
    ({ type, allowed, maximumItems }) =>
      type === "string" && allowed === undefined && maximumItems === undefined,
  );
  if (field === undefined) {
    throw new Error(
      `An instance of ${testedWorkload.name} has no text for personal data: run the end-to-end tests on a workload that ` +
        "has one.",
    );
  }
  return field;
}

/** An instance that the model can answer, with a text in it. */
export function instanceWith(text: unknown): Readonly<Record<string, unknown>> {
  return { ...testedWorkload.prediction.sample, [textField().name]: text };
}

const { prediction } = (
  JSON.parse(testedWorkload.prediction.text) as { properties: { prediction: object } }
).properties;

/** Whether the API's answer about an instance is what the workload's schema says: names, types and ranges. */
export const isPrediction = new Ajv2020({ strict: false }).compile({
  ...prediction,
  additionalProperties: false,
});
