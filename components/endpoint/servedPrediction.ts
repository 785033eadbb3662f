import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import { compilePredictionSchema } from "../../contracts/prediction/compile";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { SchemaError } from "../../contracts/schema/problem";
import { readableError, withoutFullStop } from "../shared/errors";
import type { ApprovedModel } from "./approvedModel";

/** What the model that serves was trained for: another thing than the checkout's until the next training. */
export interface ServedPrediction {
  /** Name of the workload that it is a model of. */
  readonly workload: string;
  /** SHA-256 of the event contract that its training set was made with. */
  readonly eventContract: string;
  /** `s3://` address of the schema. */
  readonly predictionSchemaUri: string;
  /** What it is asked and answers. */
  readonly prediction: PredictionContract;
}

/**
 * Reads what the approved model is asked and answers from the schema that it was trained with.
 *
 * @param s3 the client; replaced in tests
 * @throws pulumi.RunError when the package names no schema, or the schema cannot be read or compiled
 */
export async function readServedPrediction(
  model: ApprovedModel,
  region: string,
  s3: Pick<S3Client, "send"> = new S3Client({ region }),
): Promise<ServedPrediction> {
  const { workload, eventContract, predictionSchemaUri } = model;
  const refuse = (problem: string): Error =>
    readableError(`The approved model ${model.modelPackageArn} ${problem}`);
  const replace =
    `reject the version (npm run ops -- reject ${model.version} --yes), set streaming-ml:endpoint.withoutApprovedModel to ` +
    "remove, deploy, and train another one; or pin one that has a schema (streaming-ml:endpoint.pinnedModelVersion).";
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(predictionSchemaUri ?? "") ?? [];
  if (!workload || !eventContract || !predictionSchemaUri || !bucket || !key) {
    const missing = Object.entries({ workload, contract: eventContract, predictionSchema: key })
      .filter(([, value]) => !value)
      .map(([name]) => name);
    throw refuse(
      `does not say in its metadata what it was trained for: ${missing.join(", ")} missing or wrong. This stack's ` +
        `training pipeline writes them, and without them nobody knows what the API may ask it: ${replace}`,
    );
  }
  const text = await objectText(s3, bucket, key).catch((error: unknown) => {
    throw refuse(
      `names the prediction schema ${predictionSchemaUri}, ${readProblem(error, replace)}`,
    );
  });
  try {
    const prediction = compilePredictionSchema(workload, predictionSchemaUri, text);
    return { workload, eventContract, predictionSchemaUri, prediction };
  } catch (error) {
    throw error instanceof SchemaError
      ? refuse(`names a prediction schema that no API can be made of: ${replace}\n${error.message}`)
      : error;
  }
}

async function objectText(
  s3: Pick<S3Client, "send">,
  bucket: string,
  key: string,
): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await body?.transformToString("utf8")) ?? "";
}

/** Why it cannot be read, and the way out. */
function readProblem(error: unknown, replace: string): string {
  const { name, message } = error as Error;
  switch (name) {
    case "NoSuchBucket":
    case "NoSuchKey":
      return (
        "which is not there. Put it back (the artifact bucket keeps deleted versions for a while), or " +
        replace
      );
    // Without the permission to list the bucket, S3 also answers AccessDenied for an object that does not exist.
    case "AccessDenied":
      return (
        "which S3 does not show: it is not there, or whoever plans lacks s3:GetObject on " +
        `${ARTIFACT_PREFIXES.schemas}/* of the artifact bucket ` +
        "or kms:Decrypt on its key (docs/first-deploy.md). Grant that."
      );
    default:
      return `which cannot be read: ${name}: ${withoutFullStop(message)}. Try again.`;
  }
}
