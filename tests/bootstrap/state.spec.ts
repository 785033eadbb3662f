import { expect } from "chai";

import { encrypted } from "../../policy/rules/encrypted";
import { noPublicBucket } from "../../policy/rules/noPublicBucket";
import { plannedResources } from "../policy/plannedResources";
import { find, type Registered, statements } from "../shared/pulumiMocks";
import { plan } from "./plannedBootstrap";

const ROLE = "aws:iam/role:Role";

describe("the state that the bootstrap program keeps", () => {
  let registered: readonly Registered[];
  let outputs: Awaited<ReturnType<typeof plan>>["outputs"];

  before(async () => {
    ({ registered, outputs } = await plan());
  });

  it("lets each role read the state of its own stack, and only the deployer write it", () => {
    const policy = (name: string) =>
      statements(find(registered, "aws:iam/rolePolicy:RolePolicy", name).inputs.policy);
    const state = (stack: string) =>
      [
        "stacks/streaming-ml/S.json*",
        "history/streaming-ml/S/*",
        "backups/streaming-ml/S/*",
        "locks/organization/streaming-ml/S/*",
      ].map((key) => `${bucketArn(registered)}/.pulumi/${key.replace("S", stack)}`);
    const [list, layout, read, ...more] = policy("stack-prod-preview-state");
    expect(more).to.deep.equal([]);
    expect([list.Action, layout.Action, read.Action]).to.deep.equal([
      ["s3:GetBucketLocation", "s3:ListBucket"],
      "s3:GetObject",
      "s3:GetObject",
    ]);
    expect(read.Resource).to.deep.equal(state("prod"));
    const written = policy("stack-dev-deploy-state").find(({ Sid }) => Sid === "WriteState");
    expect(written).to.deep.include({
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: state("dev"),
    });
    const spared = policy("stack-dev-approval-state").find(({ Effect }) => Effect === "Deny");
    expect(spared?.Action).to.include.members(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]);
    expect(spared?.Action).not.to.include("kms:Decrypt");
  });

  it("names in the policy of the state's key who writes and who reads", () => {
    const [administer, write, read, ...more] = statements(
      find(registered, "aws:kms/key:Key", "state-key").inputs.policy,
    );
    expect(more).to.deep.equal([]);
    expect(
      [administer.Action].flat().filter((action) => /crypt|GenerateDataKey/.test(action)),
    ).to.deep.equal([]);
    const arn = (name: string) => find(registered, ROLE, name).id;
    expect(write.Action).to.deep.equal([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
    ]);
    const principals = (statement: typeof write) =>
      (statement.Principal as unknown as { AWS: string[] }).AWS;
    expect(principals(write)).to.have.length(5);
    expect(principals(write)[0]).to.equal("arn:aws:iam::123456789012:role/platform");
    expect(read.Action).to.deep.equal(["kms:Decrypt", "kms:DescribeKey"]);
    expect(principals(read)).to.have.length(2);
    expect(arn("stack-dev-deploy")).not.to.equal(undefined);
  });

  it("keeps the state: protected, with older versions, encrypted, private", () => {
    for (const [type, name] of [
      ["aws:s3/bucket:Bucket", "state"],
      ["aws:kms/key:Key", "state-key"],
    ]) {
      expect(find(registered, type, name).options.protect, name).to.equal(true);
    }
    const versioning = find(
      registered,
      "aws:s3/bucketVersioning:BucketVersioning",
      "state-versioning",
    );
    expect(versioning.inputs.versioningConfiguration).to.deep.equal({ status: "Enabled" });
    const resources = plannedResources(registered, "account");
    for (const rule of [encrypted, noPublicBucket]) {
      expect(resources.flatMap((resource) => rule.check(resource, resources))).to.deep.equal([]);
    }
  });

  it("has no secret among its inputs, and says what a workflow and a person need", () => {
    expect(registered.flatMap(({ options }) => options.secrets)).to.deep.equal([]);
    expect(outputs.secretsProvider).to.equal("awskms://alias/streaming-ml-state?region=us-east-1");
    expect(outputs.backendUrl).to.match(/^s3:\/\/.+\?region=us-east-1$/);
    expect(Object.keys(outputs.roles)).to.deep.equal(["dev", "prod"]);
    expect(Object.keys(outputs.roles.dev)).to.deep.equal([
      "deployRoleArn",
      "previewRoleArn",
      "approvalRoleArn",
    ]);
  });
});

function bucketArn(registered: readonly Registered[]): string {
  const policy = find(registered, "aws:s3/bucketPolicy:BucketPolicy", "state-policy").inputs.policy;
  return ([statements(policy)[0].Resource].flat()[0] ?? "").replace(/\/\*$/, "");
}
