import { expect } from "chai";

import type { SparkCluster } from "../../components/cluster/sparkCluster";
import { at, find, namesOf, type Registered, statements } from "../shared/pulumiMocks";
import { large, planCluster, small } from "./plannedCluster";

// These tests prove the inputs we send; not that AWS accepts them.

const CLUSTER = "aws:emr/cluster:Cluster";
const TAG = { "for-use-with-amazon-emr-managed-policies": "true" };

describe("security of the SparkCluster", () => {
  let registered: Registered[];

  async function cluster(config: unknown, metricsNamespace?: string): Promise<SparkCluster> {
    const planned = await planCluster(config, metricsNamespace);
    registered = planned.registered;
    return planned.cluster;
  }

  it("tags what EMR's managed policy asks to be tagged", async () => {
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").inputs.tags).to.deep.equal(TAG);
    const groups = registered.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
    expect(groups.map(({ name }) => name)).to.have.members([
      "spark-primary",
      "spark-nodes",
      "spark-service",
    ]);
    for (const { inputs } of groups) {
      expect(inputs.tags).to.deep.equal(TAG);
      expect(inputs.revokeRulesOnDelete).to.equal(true);
      expect(inputs).to.not.have.any.keys("ingress", "egress");
    }
  });

  it("lets the EMR service and the nodes talk on their two ports, and nothing else in", async () => {
    await cluster(small);
    const rules = registered.filter(
      ({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    );
    expect(rules.map(({ name }) => name).sort()).to.deep.equal([
      "spark-nodes-from-nodes",
      "spark-nodes-from-primary",
      "spark-nodes-from-service",
      "spark-primary-from-nodes",
      "spark-primary-from-primary",
      "spark-primary-from-service",
      "spark-service-from-primary",
    ]);
    for (const { inputs } of rules) {
      expect(inputs).to.not.have.any.keys("cidrIpv4", "cidrIpv6");
    }
    expect(rules.find(({ name }) => name === "spark-nodes-from-service")?.inputs).to.include({
      fromPort: 8443,
      toPort: 8443,
      referencedSecurityGroupId: "spark-service-id",
    });
    expect(rules.find(({ name }) => name === "spark-service-from-primary")?.inputs).to.include({
      fromPort: 9443,
      toPort: 9443,
    });
  });

  it("lets EMR pass exactly its instance role, to EC2 only", async () => {
    await cluster(small);
    const policy = find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-service-extra").inputs
      .policy;
    expect(statements(policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "PassInstanceRole",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::123456789012:role/spark-instance-1a2b3c4",
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
    ]);
    expect(
      find(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "spark-service-emr")
        .inputs.policyArn,
    ).to.equal("arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2");
  });

  const waitedFor = (type: string, name: string) =>
    find(registered, type, name).options.dependencies.map((urn) => urn.split("::").at(-1));

  it("waits for the permissions the cluster needs, every rule of its groups, and the bucket of its logs", async () => {
    await cluster(small);
    expect(waitedFor(CLUSTER, "spark")).to.include.members([
      "spark-service-emr",
      "spark-service-extra",
      "lake-artifacts-spark-logs-write",
      "lake-artifacts-encryption",
      "lake-artifacts-policy",
      "lake-artifacts-private",
      ...namesOf(registered, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
      ...namesOf(registered, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
    ]);
  });

  const security = () =>
    JSON.parse(
      find(registered, "aws:emr/securityConfiguration:SecurityConfiguration", "spark-security")
        .inputs.configuration as string,
    ) as Record<string, Record<string, unknown>>;

  it("answers instance metadata by session token only", async () => {
    await cluster(small);
    expect(security()).to.deep.equal({
      EncryptionConfiguration: { EnableAtRestEncryption: false, EnableInTransitEncryption: false },
      InstanceMetadataServiceConfiguration: {
        MinimumInstanceMetadataServiceVersion: 2,
        HttpPutResponseHopLimit: 1,
      },
    });
  });

  it("encrypts disks with a key that both roles may use, and traffic where certificates are given", async () => {
    await cluster({ ...large, transitCertificates: { uri: "s3://certificates/nodes.zip" } });
    const key = "arn:aws:kms:us-east-1:123456789012:key/spark-disk-key";
    const encryption = security().EncryptionConfiguration;
    expect(
      at(encryption, "AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration"),
    ).to.deep.equal({
      EncryptionKeyProviderType: "AwsKms",
      AwsKmsKey: key,
      EnableEbsEncryption: true,
    });
    expect(
      at(encryption, "InTransitEncryptionConfiguration.TLSCertificateConfiguration.S3Object"),
    ).to.equal("s3://certificates/nodes.zip");
    const grants = statements(
      find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-service-extra").inputs.policy,
    );
    expect(grants.map(({ Sid }) => Sid)).to.deep.equal([
      "PassInstanceRole",
      "UseDiskKey",
      "LendDiskKeyToVolumes",
    ]);
    // EBS user guide, "Requirements for Amazon EBS encryption": for whoever launches the instances.
    expect(grants[1].Action).to.include.members([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]);
    expect(grants[2].Condition).to.deep.equal({ Bool: { "kms:GrantIsForAWSResource": "true" } });
  });

  it("lends the disk key to EC2's spot service before the first spot node, and to nobody without spot nodes", async () => {
    await cluster(large);
    const grant = find(registered, "aws:kms/grant:Grant", "spark-spot-disk-key");
    expect(grant.inputs).to.deep.equal({
      keyId: "spark-disk-key-id",
      granteePrincipal:
        "arn:aws:iam::123456789012:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
      operations: [
        "CreateGrant",
        "Decrypt",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncryptFrom",
        "ReEncryptTo",
      ],
    });
    expect(waitedFor("aws:emr/instanceFleet:InstanceFleet", "spark-task")).to.include(
      "spark-spot-disk-key",
    );
    await cluster({ ...small, diskEncryption: true });
    expect(namesOf(registered, "aws:kms/grant:Grant")).to.deep.equal([]);
  });

  it("encrypts its logs with a key of the stack's own, and lets the nodes do so", async () => {
    const keyArn = "arn:aws:kms:us-east-1:123456789012:key/logs";
    await cluster({ ...small, logEncryptionKeyArn: keyArn });
    expect(find(registered, CLUSTER, "spark").inputs.logEncryptionKmsKeyId).to.equal(keyArn);
    const own = find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-instance-own").inputs;
    expect(statements(own.policy)).to.deep.equal([
      { Effect: "Allow", Sid: "EncryptLogs", Action: "kms:GenerateDataKey", Resource: keyArn },
    ]);
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").inputs).to.not.have.property("logEncryptionKmsKeyId");
  });

  it("leaves steps that have ended out of the state", async () => {
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").inputs.listStepsStates).to.deep.equal([
      "PENDING",
      "RUNNING",
    ]);
  });

  it("lets the nodes read the certificates of their traffic, and decrypt them where they have a key", async () => {
    const own = () =>
      statements(
        find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-instance-own").inputs.policy,
      );
    const uri = "s3://certificates/nodes.zip";
    await cluster({ ...small, transitCertificates: { uri } });
    const read = {
      Effect: "Allow",
      Sid: "ReadTransitCertificates",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::certificates/nodes.zip",
    };
    expect(own()).to.deep.equal([read]);
    const keyArn = "arn:aws:kms:us-east-1:123456789012:key/certificates";
    await cluster({ ...small, transitCertificates: { uri, keyArn } });
    expect(own()).to.deep.equal([
      read,
      {
        Effect: "Allow",
        Sid: "DecryptTransitCertificates",
        Action: "kms:Decrypt",
        Resource: keyArn,
      },
    ]);
  });

  it("lets jobs publish metrics in one namespace, and gives no such permission without one", async () => {
    await cluster(small, "StreamingMl");
    const policy = find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-instance-own").inputs
      .policy;
    expect(statements(policy)[0].Condition).to.deep.equal({
      StringEquals: { "cloudwatch:namespace": "StreamingMl" },
    });
    await cluster(small);
    expect(namesOf(registered, "aws:iam/rolePolicy:RolePolicy")).to.not.include(
      "spark-instance-own",
    );
  });
});
