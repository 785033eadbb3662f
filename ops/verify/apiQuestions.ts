import { GetApiKeyCommand } from "@aws-sdk/client-api-gateway";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";

import { compilePredictionSchema } from "../../contracts/prediction/compile";
import type { Instance } from "../../contracts/prediction/predictionContract";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import type { ApiAnswer } from "./apiVerdict";
import type { DeployedStack } from "./check";

const documentSchema = z.object({
  components: z.object({
    schemas: z.object({
      PredictionRequest: z.object({
        properties: z.object({ instances: z.object({ maxItems: z.int().min(1) }) }),
      }),
    }),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

/** What a stage's OpenAPI document says that calls depend on. */
export interface ServedDocument {
  readonly maxInstances: number;
  /** Whether requests have to be signed, beside the key. */
  readonly signed: boolean;
}

export async function readDocument({ outputs, clients }: DeployedStack): Promise<ServedDocument> {
  const text = await objectText(clients, outputs.api.openApiUri);
  const { schemas, securitySchemes } = documentSchema.parse(JSON.parse(text)).components;
  return {
    maxInstances: schemas.PredictionRequest.properties.instances.maxItems,
    signed: "signature" in securitySchemes,
  };
}

/** An instance that the model has to answer: the one that the health check asks. */
export async function readSample({ outputs, clients }: DeployedStack): Promise<Instance> {
  const serves = outputs.endpoint?.serves;
  if (serves === undefined) {
    return readPredictionContract(outputs.events?.workload ?? "").sample;
  }
  const text = await objectText(clients, serves.predictionSchemaUri);
  return compilePredictionSchema(serves.workload, serves.predictionSchemaUri, text).sample;
}

async function objectText(clients: DeployedStack["clients"], uri: string): Promise<string> {
  const { host, pathname } = new URL(uri);
  const { Body: body } = await clients.s3.send(
    new GetObjectCommand({ Bucket: host, Key: decodeURIComponent(pathname.slice(1)) }),
  );
  return (await body?.transformToString("utf8")) ?? "";
}

/** The value of the stack's own API key. It goes into headers and nowhere else. */
export async function readApiKey({ outputs, clients }: DeployedStack): Promise<string> {
  const { value = "" } = await clients.apiGateway.send(
    new GetApiKeyCommand({ apiKey: outputs.api.apiKeyId, includeValue: true }),
  );
  return value;
}

/** A call of the predictions. */
export interface PredictionCall {
  readonly url: string;
  readonly body: string;
  readonly key?: string;
  /** @default application/json */
  readonly contentType?: string;
  /** Origin of the page that asks. Absent: none does. */
  readonly origin?: string;
}

/** Asks, and keeps of the answer what says whether it is the right one. */
export async function ask(
  call: PredictionCall,
): Promise<ApiAnswer & { readonly allowedOrigin?: string }> {
  const response = await fetch(`${call.url}/v1/predictions`, {
    method: "POST",
    headers: {
      "content-type": call.contentType ?? "application/json",
      ...(call.key === undefined ? {} : { "x-api-key": call.key }),
      ...(call.origin === undefined ? {} : { origin: call.origin }),
    },
    body: call.body,
  });
  const answer = (await response.json().catch(() => undefined)) as
    { error?: { code?: string } } | undefined;
  return {
    status: response.status,
    code: answer?.error?.code,
    allowedOrigin: response.headers.get("access-control-allow-origin") ?? undefined,
  };
}
