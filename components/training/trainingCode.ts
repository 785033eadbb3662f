import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";

import { collectEntries, tarballArchive, type ArchiveEntry } from "../shared/codeArchive";

const TRAINING_FOLDER = resolve(__dirname, "..", "..", "training");

/** Where the code of the training and the evaluation lies, as `s3://` URIs. */
export interface TrainingCode {
  readonly trainingCodeUri: pulumi.Output<string>;
  readonly evaluationCodeUri: pulumi.Output<string>;
  readonly objects: readonly aws.s3.BucketObjectv2[];
}

/**
 * Uploads `training/` twice: as the tarball the training toolkit unpacks, and file by file for the
 * evaluation, because a processing job copies objects and unpacks nothing.
 *
 * Both are named by their content and stay when a newer version comes: executions that began with
 * them still read them.
 */
export function uploadTrainingCode(
  name: string,
  bucket: pulumi.Input<string>,
  parent: pulumi.Resource,
): TrainingCode {
  const entries = collectEntries(TRAINING_FOLDER, "", isCode);
  const archive = tarballArchive("training", entries);
  const prefix = `code/evaluate-${contentHash(entries)}`;
  const upload = (logicalName: string, key: string, path: string): aws.s3.BucketObjectv2 =>
    new aws.s3.BucketObjectv2(
      logicalName,
      { bucket, key, source: new pulumi.asset.FileAsset(path) },
      { parent, retainOnDelete: true },
    );
  const tarball = upload(`${name}-code`, `code/${archive.fileName}`, archive.path);
  const files = entries.map(({ path }) =>
    upload(
      `${name}-evaluation-${path.replaceAll("/", "-")}`,
      `${prefix}/${path}`,
      join(TRAINING_FOLDER, path),
    ),
  );
  return {
    trainingCodeUri: pulumi.interpolate`s3://${bucket}/${tarball.key}`,
    evaluationCodeUri: pulumi.interpolate`s3://${bucket}/${prefix}/`,
    objects: [tarball, ...files],
  };
}

/** Python and its requirements; data and notes beside it are nothing the containers need. */
function isCode(path: string): boolean {
  return path.endsWith(".py") || path === "requirements.txt";
}

function contentHash(entries: readonly ArchiveEntry[]): string {
  const hash = createHash("sha256");
  for (const { path, content } of entries) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}
