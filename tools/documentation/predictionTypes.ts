import * as fs from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";

import { apiConfigSchema } from "../../components/api/config";
import { buildOpenApi } from "../../components/api/openApi";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import { workloadNames } from "../../contracts/workload/names";
import { inRepository } from "../paths";

const INTRODUCTION = `/**
 * The prediction API's types, written by \`make documentation\` from the OpenAPI document that
 * \`components/api/openApi.ts\` builds of \`prediction.schema.json\`; a test fails when the two differ.
 */
`;

/** Where the types of a workload's API stand. */
export function predictionTypesFile(workload: string): string {
  return inRepository("workloads", workload, "predictionApi.ts");
}

/**
 * The whole of a workload's `predictionApi.ts`.
 *
 * The types are those of an API with a model behind it: without one it offers the same operations, and
 * answers them with the same error body.
 *
 * @param workload name of its folder
 * @param prediction what its model is asked and answers
 */
export async function predictionTypes(
  workload: string,
  prediction: PredictionContract = readPredictionContract(workload),
): Promise<string> {
  const { maxInstances, timeoutMilliseconds, authorization } = apiConfigSchema.parse({});
  const document = buildOpenApi({
    prediction,
    maxInstances,
    timeoutMilliseconds,
    authorization,
    endpoint: { partition: "aws", region: "us-east-1", name: "model", roleArn: "role" },
    model: { version: 1, modelPackageArn: "package" },
  });
  const types = astToString(await openapiTypescript(JSON.stringify(document)));
  const options = await resolveConfig(predictionTypesFile(workload));
  return format(`${INTRODUCTION}\n${types}`, { ...options, parser: "typescript" });
}

async function write(): Promise<void> {
  for (const workload of workloadNames()) {
    fs.writeFileSync(predictionTypesFile(workload), await predictionTypes(workload));
  }
}

if (require.main === module) {
  void write();
}
