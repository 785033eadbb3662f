import { expect } from "chai";

import {
  cloudFormationSchema,
  cloudFormationTypes,
  isCreateOnly,
} from "../../local/provider/cloudFormation";
import { replaces } from "../../local/provider/difference";
import { resourceTypes } from "../../local/provider/resourceTable";
import type { Difference } from "../../local/provider/resourceType";
import { resourceInputs } from "./installedTypes";

/** Rows written by hand: what CloudFormation has no type for, and why. */
const WITHOUT_CLOUDFORMATION: Record<string, string> = {
  "aws:apigateway/methodSettings:MethodSettings": "a property of AWS::ApiGateway::Stage",
  "aws:cloudwatch/eventTarget:EventTarget": "a property of AWS::Events::Rule",
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": "a property of AWS::EMR::Cluster",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "a property of AWS::IAM::Role",
  "aws:kms/grant:Grant": "CloudFormation gives no grants",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "a property of the bucket",
  "aws:s3/bucketLogging:BucketLogging": "a property of the bucket",
  "aws:s3/bucketObjectv2:BucketObjectv2": "CloudFormation uploads nothing",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "a property of the bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "the same as the other settings of a bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "a property of the bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "a property of the bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "a property of the bucket",
  "aws:secretsmanager/secretVersion:SecretVersion": "a property of AWS::SecretsManager::Secret",
};

const rows = Object.entries(resourceTypes).flatMap(([token, { replacement }]) =>
  replacement.kind === "cloudFormation" ? [{ token, ...replacement }] : [],
);

const top = (path: string): string => path.split(".")[0] ?? path;
const paths = (differences: readonly Difference[] = []): string[] =>
  differences.flatMap((difference) => difference.paths);

describe("the replacement table beside CloudFormation's schemas", () => {
  it("takes from them every row that they have", () => {
    const byHand = Object.keys(resourceTypes).filter(
      (token) => !rows.some((row) => row.token === token),
    );
    expect(byHand.sort()).to.deep.equal(Object.keys(WITHOUT_CLOUDFORMATION).sort());
    expect(rows.length).to.be.greaterThan(40);
  });

  it("names types, inputs and properties that exist", () => {
    const known = new Set(cloudFormationTypes());
    for (const { token, type, names = {}, also, not } of rows) {
      expect(known.has(type), type).to.equal(true);
      const inputs = [...resourceInputs(token), "namePrefix"];
      expect(inputs, token).to.include.members(Object.keys(names));
      expect(inputs, token).to.include.members([...paths(also), ...paths(not)].map(top));
      expect(Object.keys(cloudFormationSchema(type).properties), type).to.include.members(
        Object.values(names),
      );
    }
  });

  it("has by hand only what differs from them, each with a reason", () => {
    const idle = rows.flatMap(({ token, type, names = {}, also, not }) => [
      ...paths(also)
        .filter((path) => isCreateOnly(type, path, names))
        .map((path) => `${token}: ${path} is replaced anyway`),
      ...paths(not)
        .filter((path) => !isCreateOnly(type, path, names) && !paths(also).includes(top(path)))
        .map((path) => `${token}: ${path} changes in place anyway`),
    ]);
    expect(idle).to.deep.equal([]);
    const reasons = rows.flatMap(({ also = [], not = [] }) => [...also, ...not]);
    expect(reasons.filter(({ reason }) => reason.length < 20)).to.deep.equal([]);
  });

  it("follows them below a property, but not for one with the same beginning", () => {
    const endpoint = resourceTypes["aws:ec2/vpcEndpoint:VpcEndpoint"].replacement;
    expect(replaces(endpoint, "dnsOptions.privateDnsPreference")).to.equal(true);
    expect(replaces(endpoint, "dnsOptions.dnsRecordIpType")).to.equal(false);
    expect(replaces(endpoint, "vpcEndpointTypes")).to.equal(false);
  });
});
