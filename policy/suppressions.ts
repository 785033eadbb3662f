import type { PlannedResource } from "./rule";

/** An exception: which rule, which resources, and why it is justified. */
export interface Suppression {
  readonly rule: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Read by whoever asks whether it still holds. */
  readonly reason: string;
}

/** All exceptions. One that excuses nothing fails a test. */
export const suppressions: readonly Suppression[] = [
  {
    rule: "protected-in-production",
    type: "aws:kms/key:Key",
    name: "spark-disk-key",
    reason:
      "It encrypts the disks of the cluster's nodes, which go with the cluster and hold nothing that is not in the lake.",
  },
  {
    rule: "protected-in-production",
    type: "aws:kms/key:Key",
    name: "alarms-key",
    reason:
      "It encrypts notifications on their way to their readers; nothing is kept that it would be needed for.",
  },
];

/** Whether a resource is excused from a rule. */
export function isSuppressed(rule: string, { type, name }: PlannedResource): boolean {
  return suppressions.some(
    (suppression) =>
      suppression.rule === rule && suppression.type === type && suppression.name === name,
  );
}
