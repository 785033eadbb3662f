import * as fs from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";
import { buildOpenApi, publishedDocument } from "../../components/api/openApi";
import { apiConfigSchema } from "../../components/api/config";
import { readEventContract } from "../../contracts/event/workloads";
import { inRepository } from "../paths";

export const PREDICTION_TYPES = inRepository("contracts", "predictionApi.ts");

const INTRODUCTION = `/**
 * The prediction API's types, written by \`make documentation\` from the OpenAPI document that
 * \`components/api/openApi.ts\` builds; a test fails when the two differ.
 */
`;

/**
 * The whole of `contracts/predictionApi.ts`.
 *
 * The types are those of an API with a model behind it: without one it offers the same operations, and
 * answers them with the same error body.
 */
export async function predictionTypes(): Promise<string> {
  const { maxInstances, timeoutMilliseconds, authorization } = apiConfigSchema.parse({});
  const document = buildOpenApi({
    contract: readEventContract("sentiment").compiled,
    maxInstances,
    timeoutMilliseconds,
    authorization,
    endpoint: { partition: "aws", region: "us-east-1", name: "model", roleArn: "role" },
    model: { version: 1, modelPackageArn: "package" },
  });
  const published = publishedDocument(document, "https://api.example/live");
  const types = astToString(await openapiTypescript(JSON.stringify(published)));
  const options = await resolveConfig(PREDICTION_TYPES);
  return format(`${INTRODUCTION}\n${types}`, { ...options, parser: "typescript" });
}

if (require.main === module) {
  void predictionTypes().then((text) => fs.writeFileSync(PREDICTION_TYPES, text));
}
