/** The events as Athena sees them. Partitions are computed from the query, so no crawler and no repair is needed. */

/** Columns of `events/`, valid and quarantined alike: what does not apply is null. Hive types. */
export const EVENT_COLUMNS: readonly { readonly name: string; readonly type: string }[] = [
  { name: "event_id", type: "string" },
  { name: "user_key", type: "string" },
  { name: "key_version", type: "int" },
  { name: "text", type: "string" },
  { name: "created_at", type: "timestamp" },
  { name: "lang", type: "string" },
  { name: "source", type: "string" },
  { name: "label", type: "string" },
  { name: "arrival_time", type: "timestamp" },
  { name: "partition_key", type: "string" },
  { name: "sequence_number", type: "string" },
  { name: "batch_time", type: "timestamp" },
  { name: "raw", type: "binary" },
  { name: "reason", type: "string" },
];

/** `batch=` below an hour is a plain folder: Athena reads it, but nobody has to name it in a query. */
export const PARTITION_KEYS = [
  { name: "status", type: "string" },
  { name: "dt", type: "string" },
  { name: "hour", type: "string" },
] as const;

/**
 * Table parameters of Athena's partition projection.
 *
 * @param location `s3://` address of the events, without a trailing slash
 * @param firstDay first day of data, YYYY-MM-DD: projection never looks before it
 */
export function projectionParameters(location: string, firstDay: string): Record<string, string> {
  return {
    EXTERNAL: "TRUE",
    classification: "parquet",
    "projection.enabled": "true",
    "projection.status.type": "enum",
    "projection.status.values": "valid,quarantined",
    "projection.dt.type": "date",
    "projection.dt.format": "yyyy-MM-dd",
    "projection.dt.range": `${firstDay},NOW`,
    "projection.hour.type": "integer",
    "projection.hour.range": "0,23",
    "projection.hour.digits": "2",
    "storage.location.template": `${location}/status=\${status}/dt=\${dt}/hour=\${hour}`,
  };
}
