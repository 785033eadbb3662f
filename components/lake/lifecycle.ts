import type * as aws from "@pulumi/aws";

import { ARTIFACT_PREFIXES, LAKE_PREFIXES } from "../../contracts/bucketLayout";
import type { LakeConfig } from "./config";
import {
  compactedPrefix,
  type LakePlaces,
  lakePlacesUpTo,
  manifestsPrefix,
  quarantinePrefix,
  validPrefix,
} from "./versions";

export type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

type LakeLifetimes = Pick<LakeConfig, "retention" | "queries" | "version">;

/** Days after which an incomplete multipart upload is aborted. It is billed, and listings do not show it. */
const ABANDONED_UPLOAD_DAYS = 3;

/** Days that compacted files are kept after their manifest: a query that already read it still needs them. */
const UNLISTED_DAYS = 2;

/** Days that an overwritten or deleted object can be restored. */
const NONCURRENT_DAYS = 7;

/** Rules of the lake bucket: events, their history, quarantine, training sets, captured requests, query results. */
export function lakeLifecycle({ retention, queries, version }: LakeLifetimes): LifecycleRule[] {
  return [
    abandonedUploads(),
    oldVersions("noncurrent", "", NONCURRENT_DAYS),
    ...lakePlacesUpTo(version).flatMap((places) => eventLifetimes(places, retention)),
    expiry("training-sets", `${LAKE_PREFIXES.trainingSets}/`, retention.trainingSetDays),
    expiry("data-capture", `${LAKE_PREFIXES.dataCapture}/`, retention.dataCaptureDays),
    expiry("query-results", `${LAKE_PREFIXES.queryResults}/`, queries.resultDays),
    expiry(
      "quarantine-query-results",
      `${LAKE_PREFIXES.quarantineQueryResults}/`,
      Math.min(queries.resultDays, retention.quarantinedDays),
    ),
  ];
}

function eventLifetimes(
  places: LakePlaces,
  { validDays, quarantinedDays }: LakeConfig["retention"],
): LifecycleRule[] {
  const suffix = places.eventsPrefix.replace(/^events/, "");
  return [
    ...(validDays === undefined
      ? []
      : [
          expiry(`valid${suffix}`, `${validPrefix(places)}/`, validDays),
          expiry(`history-manifests${suffix}`, `${manifestsPrefix(places)}/`, validDays),
          expiry(`history-data${suffix}`, `${compactedPrefix(places)}/`, validDays + UNLISTED_DAYS),
        ]),
    expiry(`quarantined${suffix}`, `${quarantinePrefix(places)}/`, quarantinedDays),
  ];
}

/** Rules of the artifact bucket. Checkpoints, code, schemas and models never expire; old checkpoint versions do. */
export function artifactLifecycle(retention: LakeConfig["retention"]): LifecycleRule[] {
  return [
    abandonedUploads(),
    oldVersions(
      "checkpoint-versions",
      `${ARTIFACT_PREFIXES.checkpoints}/`,
      retention.checkpointVersionDays,
    ),
    expiry("logs", `${ARTIFACT_PREFIXES.logs}/`, retention.logDays),
  ];
}

function abandonedUploads(): LifecycleRule {
  return {
    id: "abandoned-uploads",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: ABANDONED_UPLOAD_DAYS },
  };
}

/** A rule that expires objects, and deletes their noncurrent versions a day later. */
export function expiry(id: string, prefix: string, days: number): LifecycleRule {
  return {
    id,
    status: "Enabled",
    filter: { prefix },
    expiration: { days },
    noncurrentVersionExpiration: { noncurrentDays: 1 },
  };
}

function oldVersions(id: string, prefix: string, days: number): LifecycleRule {
  return {
    id,
    status: "Enabled",
    filter: { prefix },
    noncurrentVersionExpiration: { noncurrentDays: days },
    // Removes expired delete markers, which deleted checkpoints would otherwise add to every listing.
    expiration: { expiredObjectDeleteMarker: true },
  };
}
