import type { PlannedResource, Rule } from "../rule";

/** Stacks whose data cannot be made again. */
const PRODUCTION = ["prod"];

/** Types that hold data, or without which data cannot be read. */
const DATA = [
  "aws:kinesis/stream:Stream",
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretVersion:SecretVersion",
];

/** In production nothing that holds data is deleted by mistake. */
export const protectedInProduction: Rule = {
  name: "protected-in-production",
  description: "Data is protected and kept in production, and the cluster is protected there.",
  scope: "resource",
  check(resource) {
    if (!PRODUCTION.includes(resource.stack)) {
      return [];
    }
    return [
      ...(DATA.includes(resource.type) && !resource.protect
        ? ["can be deleted by pulumi: pass protect: true"]
        : []),
      ...switches(resource),
    ];
  },
};

function switches({ type, inputs }: PlannedResource): string[] {
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return inputs.forceDestroy === true
        ? ["takes its contents with it: set forceDestroy to false"]
        : [];
    case "aws:emr/cluster:Cluster":
      return inputs.terminationProtection === true
        ? []
        : ["can be terminated by anybody: set terminationProtection to true"];
    case "aws:secretsmanager/secret:Secret":
      return inputs.recoveryWindowInDays === 0
        ? ["cannot be brought back: set recoveryWindowInDays to 7 or more"]
        : [];
    default:
      return [];
  }
}
