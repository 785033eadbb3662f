import { companions, type PlannedResource, type Rule } from "../rule";
import { allowsEverybody, policyStatements } from "../statements";

const BUCKET = "aws:s3/bucket:Bucket";
const SWITCHES = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

/** A bucket is nobody's but the account's, and speaks TLS only. */
export const noPublicBucket: Rule = {
  name: "no-public-bucket",
  description: "Buckets block public access, have no ACLs and refuse plain HTTP.",
  scope: "stack",
  check(resource, stack) {
    if (resource.type === "aws:s3/bucketPolicy:BucketPolicy") {
      return policyStatements(resource.inputs.policy)
        .filter(allowsEverybody)
        .map(({ Sid }) => `lets everybody in with the statement ${Sid ?? "without an id"}`);
    }
    if (resource.type !== BUCKET) {
      return [];
    }
    return [
      ...publicAccess(
        companions(resource, stack, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
      ),
      ...ownership(
        companions(resource, stack, "aws:s3/bucketOwnershipControls:BucketOwnershipControls"),
      ),
      ...plainHttp(companions(resource, stack, "aws:s3/bucketPolicy:BucketPolicy")),
    ];
  },
};

function publicAccess([block]: PlannedResource[]): string[] {
  if (block === undefined) {
    return ["has no BucketPublicAccessBlock"];
  }
  return SWITCHES.filter((name) => block.inputs[name] !== true).map(
    (name) => `can be made public: set ${name} of its BucketPublicAccessBlock to true`,
  );
}

function ownership([controls]: PlannedResource[]): string[] {
  const rule = controls?.inputs.rule as { objectOwnership?: unknown } | undefined;
  return rule?.objectOwnership === "BucketOwnerEnforced"
    ? []
    : ["takes ACLs: add BucketOwnershipControls with BucketOwnerEnforced"];
}

function plainHttp([policy]: PlannedResource[]): string[] {
  const refused = policyStatements(policy?.inputs.policy).some(
    ({ Effect, Condition }) =>
      Effect === "Deny" &&
      (Condition?.Bool as Record<string, unknown> | undefined)?.["aws:SecureTransport"] === "false",
  );
  return refused ? [] : ["answers plain HTTP: deny aws:SecureTransport false in its BucketPolicy"];
}
