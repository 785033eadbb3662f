/** Tables of the lake with partition projection, so no crawler and no MSCK REPAIR TABLE is needed. */
import type { LakeColumn } from "../../contracts/event/compiledContract";
import layout from "../../contracts/lake-layout.json";

/**
 * Columns of history: valid events only, each with the micro-batch that wrote it.
 *
 * @param columns of `events/`, valid and quarantined alike
 */
export function historyColumns(columns: readonly LakeColumn[]): LakeColumn[] {
  return [
    ...columns.filter(({ name }) => !layout.quarantineColumns.includes(name)),
    { name: "batch", type: "string" },
  ];
}

/** Partitions of history, which has no status. */
export const HISTORY_PARTITION_KEYS = [
  { name: "dt", type: "string" },
  { name: "hour", type: "string" },
] as const;

/** `batch=` below an hour is no partition: Athena reads it without a condition in the query. */
export const PARTITION_KEYS = [
  { name: "status", type: "string" },
  { name: "dt", type: "string" },
  { name: "hour", type: "string" },
] as const;

/**
 * Table parameters of Athena's partition projection over the events.
 *
 * @param location `s3://` address of the events, without a trailing slash
 * @param firstDay first day of data, YYYY-MM-DD: projection starts here
 */
export function projectionParameters(location: string, firstDay: string): Record<string, string> {
  return {
    ...hourlyProjection(firstDay),
    "projection.status.type": "enum",
    "projection.status.values": `${layout.valid},${layout.quarantined}`,
    "storage.location.template": `${location}/status=\${status}/dt=\${dt}/hour=\${hour}`,
  };
}

/** The same over history: a partition's folder holds the list of its files. */
export function historyParameters(manifests: string, firstDay: string): Record<string, string> {
  return {
    ...hourlyProjection(firstDay),
    "storage.location.template": `${manifests}/dt=\${dt}/hour=\${hour}`,
  };
}

function hourlyProjection(firstDay: string): Record<string, string> {
  return {
    EXTERNAL: "TRUE",
    classification: "parquet",
    "projection.enabled": "true",
    "projection.dt.type": "date",
    "projection.dt.format": "yyyy-MM-dd",
    "projection.dt.range": `${firstDay},NOW`,
    "projection.hour.type": "integer",
    "projection.hour.range": "0,23",
    "projection.hour.digits": "2",
  };
}
