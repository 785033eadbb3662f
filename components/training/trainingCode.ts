import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { join } from "node:path";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import { PACKAGE_ROOT } from "../../contracts/packageRoot";
import {
  type ArchiveEntry,
  collectEntries,
  tarballArchive,
  zipArchive,
} from "../shared/codeArchive";
import { foldersWithoutPackage } from "../shared/pythonPackages";
import type { TrainingWorkload } from "./workload";

/** Parts of a workload's folder that neither training nor evaluation reads; `training_set.py` runs in Spark. */
const ELSEWHERE = /^(tests|demo)\/|^(training_set\.py|event\.schema\.json)$|\.(md|ts)$|(^|\/)\./;

/** What executions of the pipeline read, as `s3://` URIs. */
export interface TrainingObjects {
  readonly trainingCodeUri: pulumi.Output<string>;
  /** A zip that Python runs. */
  readonly evaluationCodeUri: pulumi.Output<string>;
  readonly predictionSchemaUri: pulumi.Output<string>;
  readonly objects: readonly aws.s3.BucketObjectv2[];
}

/**
 * Uploads the code twice, as the tarball that the training toolkit unpacks and as a zip that Python runs as it is,
 * because a processing job copies objects and unpacks nothing; and the schema of what the model answers.
 *
 * All are named by their content and stay when a newer version comes: executions that began with them, and models
 * that were trained with them, still need them.
 */
export function uploadTrainingObjects(
  name: string,
  bucket: pulumi.Input<string>,
  workload: TrainingWorkload,
  parent: pulumi.Resource,
): TrainingObjects {
  const entries = trainingEntries(workload.name);
  const training = tarballArchive("training", entries);
  const evaluation = zipArchive("evaluation", entries);
  const { prediction } = workload;
  const upload = (
    role: string,
    { sha256 }: { readonly sha256: string },
    object: Omit<aws.s3.BucketObjectv2Args, "bucket">,
  ): aws.s3.BucketObjectv2 =>
    new aws.s3.BucketObjectv2(
      // The name in the state follows the content too: a new version is a new object, not a replaced one.
      `${name}-${role}-${sha256.slice(0, 8)}`,
      { bucket, ...object },
      { parent, retainOnDelete: true },
    );
  const objects = [
    upload("code", training, {
      key: `${ARTIFACT_PREFIXES.code}/${training.fileName}`,
      source: new pulumi.asset.FileAsset(training.path),
    }),
    upload("evaluation", evaluation, {
      key: `${ARTIFACT_PREFIXES.code}/${evaluation.fileName}`,
      source: new pulumi.asset.FileAsset(evaluation.path),
    }),
    upload("prediction-schema", prediction, {
      key: `${ARTIFACT_PREFIXES.schemas}/${prediction.fileName}`,
      content: prediction.text,
      contentType: "application/json",
    }),
  ];
  const [trainingCodeUri, evaluationCodeUri, predictionSchemaUri] = objects.map(
    ({ key }) => pulumi.interpolate`s3://${bucket}/${key}`,
  );
  return { trainingCodeUri, evaluationCodeUri, predictionSchemaUri, objects };
}

/**
 * The files that training and evaluation run: Python of `training/` at the root, and a workload's model below the
 * package it is imported from.
 *
 * @param root where the repository lies. @default this program's own folder
 * @throws Error that names the folders Python could not import from an archive
 */
export function trainingEntries(workload: string, root = PACKAGE_ROOT): ArchiveEntry[] {
  const folder = `workloads/${workload}`;
  const entries = [
    ...collectEntries(join(root, "training"), "", (path) => path.endsWith(".py")),
    ...collectEntries(join(root, "workloads"), "workloads/", (path) => path === "__init__.py"),
    ...collectEntries(join(root, folder), `${folder}/`, (path) => !ELSEWHERE.test(path)),
  ];
  requirePackages(entries.map(({ path }) => path));
  return entries;
}

function requirePackages(paths: readonly string[]): void {
  const missing = foldersWithoutPackage(paths);
  if (missing.length > 0) {
    throw new Error(
      `Python imports nothing from a folder of an archive without an __init__.py. Add one to: ${missing.join(", ")}.`,
    );
  }
}
