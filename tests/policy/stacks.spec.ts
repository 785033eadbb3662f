import { expect } from "chai";

import type { PlannedResource } from "../../policy/rule";
import { rules, violations } from "../../policy/rules";
import { suppressions } from "../../policy/suppressions";
import { planStack, type StackName, STACKS } from "../shared/plannedStacks";
import { plannedResources } from "./plannedResources";

// These tests hold what the program plans to the rules; AWS is not asked.

describe("the policy over every resource of every stack", () => {
  const stacks = {} as Record<StackName, PlannedResource[]>;

  before(async () => {
    for (const stack of STACKS) {
      stacks[stack] = plannedResources(await planStack(stack), stack);
    }
  });

  for (const stack of STACKS) {
    it(`finds nothing in ${stack}`, () => {
      const found = violations(stacks[stack]).map(
        ({ rule, resource, sentence }) => `${rule}: ${resource.type} ${resource.name} ${sentence}`,
      );
      expect(found).to.deep.equal([]);
      expect(stacks[stack].length).to.be.greaterThan(100);
    });
  }

  it("has no exception that excuses nothing", () => {
    const all = Object.values(stacks).flatMap((stack) => stack.map((one) => ({ one, stack })));
    const idle = suppressions.filter(({ rule: name, type, name: logicalName }) => {
      const rule = rules.find((one) => one.name === name)!;
      return !all.some(
        ({ one, stack }) =>
          one.type === type && one.name === logicalName && rule.check(one, stack).length > 0,
      );
    });
    expect(idle.map(({ rule, name }) => `${rule} ${name}`)).to.deep.equal([]);
    expect(suppressions.every(({ reason }) => reason.length > 40)).to.equal(true);
  });

  /** What the rules say when one resource of prod is changed. */
  function changed(
    type: string,
    inputs: Record<string, unknown>,
    options: Partial<PlannedResource> = {},
  ): string[] {
    const index = stacks.prod.findIndex((one) => one.type === type);
    const stack = [...stacks.prod];
    stack[index] = { ...stack[index], ...options, inputs: { ...stack[index].inputs, ...inputs } };
    return violations(stack).map(({ rule, sentence }) => `${rule}: ${sentence}`);
  }

  const without = (type: string): string[] =>
    violations(stacks.prod.filter((one) => one.type !== type)).map(
      ({ rule, sentence }) => `${rule}: ${sentence}`,
    );

  it("finds data that is not encrypted", () => {
    expect(changed("aws:kinesis/stream:Stream", { encryptionType: "NONE" })).to.deep.equal([
      'encrypted: is not encrypted: set encryptionType to "KMS"',
    ]);
    expect(
      changed("aws:athena/workgroup:Workgroup", {
        configuration: { enforceWorkgroupConfiguration: true },
      }),
    ).to.deep.equal([
      "encrypted: leaves the results of queries as the client wants them: set encryptionConfiguration and " +
        "enforceWorkgroupConfiguration",
    ]);
    expect(changed("aws:kms/key:Key", { enableKeyRotation: false })).to.deep.equal([
      "encrypted: is not rotated: set enableKeyRotation to true",
    ]);
    expect(changed("aws:sns/topic:Topic", { kmsMasterKeyId: undefined })).to.deep.equal([
      "encrypted: is not encrypted: set kmsMasterKeyId",
    ]);
    expect(changed("aws:sqs/queue:Queue", { sqsManagedSseEnabled: false })).to.deep.equal([
      "encrypted: is not encrypted: set sqsManagedSseEnabled to true",
    ]);
    const encryption =
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(without(encryption)).to.include(
      "encrypted: has no BucketServerSideEncryptionConfiguration",
    );
  });

  it("finds a bucket that is or can be made public, or answers plain HTTP", () => {
    const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    expect(changed(block, { restrictPublicBuckets: false })).to.deep.equal([
      "no-public-bucket: can be made public: set restrictPublicBuckets of its BucketPublicAccessBlock to true",
    ]);
    expect(without(block)).to.include("no-public-bucket: has no BucketPublicAccessBlock");
    expect(without("aws:s3/bucketOwnershipControls:BucketOwnershipControls")).to.include(
      "no-public-bucket: takes ACLs: add BucketOwnershipControls with BucketOwnerEnforced",
    );
    const open = {
      Statement: { Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:GetObject" },
    };
    expect(
      changed("aws:s3/bucketPolicy:BucketPolicy", { policy: JSON.stringify(open) }),
    ).to.deep.equal([
      "no-public-bucket: answers plain HTTP: deny aws:SecureTransport false in its BucketPolicy",
      "no-public-bucket: lets everybody in with the statement Open",
      "no-wildcard: allows everybody in the statement Open: name the principals",
    ]);
  });

  it("finds an open port, an SSH key, a public node and an operation without a credential", () => {
    const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(changed(ingress, { cidrIpv4: "0.0.0.0/0" })).to.deep.equal([
      "private: lets 0.0.0.0/0 in: name a security group or the VPC's own range",
    ]);
    expect(changed(ingress, { cidrIpv6: "::/0" })[0]).to.contain("lets ::/0 in");
    expect(
      changed("aws:emr/cluster:Cluster", {
        ec2Attributes: { keyName: "mine", serviceAccessSecurityGroup: "sg-1" },
      }),
    ).to.deep.equal(["private: can be entered by SSH: leave keyName out and use Session Manager"]);
    const tags = {
      project: "p",
      stack: "s",
      "for-use-with-amazon-emr-managed-policies": "true",
    };
    expect(changed("aws:ec2/subnet:Subnet", { tags, mapPublicIpOnLaunch: true })).to.deep.equal([
      "private: gives the cluster's nodes public addresses: let EMR use private subnets only",
    ]);
    const body = JSON.stringify({ paths: { "/v1/model": { get: {}, summary: "no method" } } });
    expect(changed("aws:apigateway/restApi:RestApi", { body })).to.deep.equal([
      "private: answers GET /v1/model without a key or a signature",
    ]);
    const operation = (type: string) => ({ "x-amazon-apigateway-integration": { type } });
    const preflights = {
      "/a": { options: operation("mock") },
      "/b": { options: operation("aws") },
      "/c": { get: operation("mock") },
    };
    expect(
      changed("aws:apigateway/restApi:RestApi", { body: JSON.stringify({ paths: preflights }) }),
    ).to.deep.equal([
      "private: answers OPTIONS /b without a key or a signature",
      "private: answers GET /c without a key or a signature",
    ]);
    expect(changed("aws:ec2/securityGroup:SecurityGroup", { ingress: [] })[0]).to.contain(
      "has rules inside it",
    );
  });

  it("finds resources without tags", () => {
    expect(changed("aws:sagemaker/pipeline:Pipeline", { tags: { project: "x" } })).to.deep.equal([
      'tagged: has no tag "stack": set it in aws:defaultTags of the stack file',
    ]);
  });

  it("finds data that a mistake would delete, in production only", () => {
    const stream = "aws:kinesis/stream:Stream";
    expect(changed(stream, {}, { protect: false })).to.deep.equal([
      "protected-in-production: can be deleted by pulumi: pass protect: true",
    ]);
    expect(changed(stream, {}, { protect: false, stack: "dev" })).to.deep.equal([]);
    expect(changed("aws:s3/bucket:Bucket", { forceDestroy: true })).to.deep.equal([
      "protected-in-production: takes its contents with it: set forceDestroy to false",
    ]);
    expect(changed("aws:emr/cluster:Cluster", { terminationProtection: false })).to.deep.equal([
      "protected-in-production: can be terminated by anybody: set terminationProtection to true",
    ]);
    expect(changed("aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 0 })).to.deep.equal([
      "protected-in-production: cannot be brought back: set recoveryWindowInDays to 7 or more",
    ]);
  });

  it("finds nodes that give out their metadata without a token", () => {
    const security = "aws:emr/securityConfiguration:SecurityConfiguration";
    const configuration = JSON.stringify({
      EncryptionConfiguration: { EnableAtRestEncryption: true },
      InstanceMetadataServiceConfiguration: {
        MinimumInstanceMetadataServiceVersion: 1,
        HttpPutResponseHopLimit: 2,
      },
    });
    expect(changed(security, { configuration })).to.deep.equal([
      "metadata-by-token: takes IMDSv1: set MinimumInstanceMetadataServiceVersion to 2",
      "metadata-by-token: lets containers ask for metadata: set HttpPutResponseHopLimit to 1",
    ]);
    expect(changed(security, { configuration: "{}" })).to.deep.include(
      "encrypted: leaves the disks of the nodes unencrypted: set EnableAtRestEncryption to true",
    );
  });

  it("finds permissions for everything", () => {
    const policy = (statement: object) =>
      changed("aws:iam/rolePolicy:RolePolicy", {
        policy: JSON.stringify({ Statement: [{ Sid: "S", Effect: "Allow", ...statement }] }),
      });
    const bucket = "arn:aws:s3:::bucket";
    expect(policy({ Action: ["s3:GetObject", "s3:Put*"], Resource: bucket })).to.deep.equal([
      "no-wildcard: allows s3:Put* in the statement S: name the actions",
    ]);
    expect(policy({ Action: "s3:GetObject", Resource: "*" })).to.deep.equal([
      "no-wildcard: allows s3:GetObject on everything in the statement S: name the resource",
    ]);
    expect(policy({ Action: "ecr:GetAuthorizationToken", Resource: "*" })).to.deep.equal([]);
    expect(policy({ NotAction: "s3:PutObject", Resource: bucket })).to.deep.equal([
      "no-wildcard: allows all but something in the statement S: name what is meant",
    ]);
    expect(policy({ Effect: "Deny", Action: "s3:*", Resource: "*" })).to.deep.equal([]);
  });
});
