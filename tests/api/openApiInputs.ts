import AjvDraft04 from "ajv-draft-04";

import { buildOpenApi, type OpenApiInputs } from "../../components/api/openApi";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { readPredictionContract } from "../../contracts/prediction/workloads";

export const ENDPOINT = {
  partition: "aws",
  region: "us-east-1",
  name: "streaming-ml-test-1",
  roleArn: "arn:aws:iam::123456789012:role/api",
};
export const MODEL = { version: 3, modelPackageArn: "arn:package/3", metrics: { macro_f1: 0.75 } };

/** A complete set of inputs; a test changes what it is about. */
export const inputs: OpenApiInputs = {
  prediction: readPredictionContract("sentiment"),
  maxInstances: 64,
  timeoutMilliseconds: 29000,
  authorization: "apiKey",
  endpoint: ENDPOINT,
  model: MODEL,
};

/** Validates as API Gateway does: JSON schema draft 4, references into the document. */
export function requestValidator(
  maxInstances = 64,
  prediction: PredictionContract = inputs.prediction,
) {
  const { components } = buildOpenApi({ ...inputs, maxInstances, prediction });
  const ajv = new AjvDraft04({ strict: false });
  ajv.addSchema({ id: "document", components });
  return ajv.compile({ $ref: "document#/components/schemas/PredictionRequest" });
}

/** One post of a request. */
export const post = (text: unknown) => ({ text });
