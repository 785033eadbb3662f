import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { clusterConfigSchema } from "../../components/cluster/config";
import { SparkCluster } from "../../components/cluster/sparkCluster";
import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import {
  find,
  mockStack,
  namesOf,
  settled,
  statements,
  valueOf,
  type Registered,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const CLUSTER = "aws:emr/cluster:Cluster";
const TAG = { "for-use-with-amazon-emr-managed-policies": "true" };

const small = {
  releaseLabel: "emr-7.13.0",
  primary: { instanceTypes: ["m7g.xlarge"], count: 1 },
  core: { instanceTypes: ["m7g.xlarge", "m6g.xlarge"], count: 2 },
  scaling: { minimumUnits: 2, maximumUnits: 2, maximumCoreUnits: 2, maximumOnDemandUnits: 2 },
  diskEncryption: false,
};
const large = {
  ...small,
  primary: { instanceTypes: ["m7g.xlarge"], count: 3 },
  task: { instanceTypes: ["m7g.xlarge"] },
  scaling: { minimumUnits: 2, maximumUnits: 8, maximumCoreUnits: 4, maximumOnDemandUnits: 3 },
  diskEncryption: true,
};

describe("SparkCluster", () => {
  let registered: Registered[];

  async function cluster(config: unknown, metricsNamespace?: string): Promise<SparkCluster> {
    registered = await mockStack("test");
    const { artifactBucket } = new DataLake(
      "lake",
      lakeConfigSchema.parse({ firstDay: "2026-01-01" }),
    );
    const made = new SparkCluster("spark", {
      ...clusterConfigSchema.parse(config),
      target: {
        region: "us-east-1",
        accountId: pulumi.output("123456789012"),
        partition: pulumi.output("aws"),
      },
      vpcId: "vpc-1",
      privateSubnetIds: ["subnet-1", "subnet-2"],
      artifactBucket,
      metricsNamespace,
    });
    await settled();
    return made;
  }

  it("asks for on-demand fleets whose targets it then leaves to EMR, and for no step", async () => {
    const made = await cluster(small);
    expect(await valueOf(made.clusterId)).to.equal("j-MOCKCLUSTER1");
    const { inputs, options } = find(registered, CLUSTER, "spark");
    const ebsConfigs = [{ size: 64, type: "gp3", volumesPerInstance: 1 }];
    expect(inputs.coreInstanceFleet).to.deep.equal({
      instanceTypeConfigs: [
        { instanceType: "m7g.xlarge", weightedCapacity: 1, ebsConfigs },
        { instanceType: "m6g.xlarge", weightedCapacity: 1, ebsConfigs },
      ],
      targetOnDemandCapacity: 2,
      targetSpotCapacity: 0,
      launchSpecifications: { onDemandSpecifications: [{ allocationStrategy: "lowest-price" }] },
    });
    expect(inputs.masterInstanceFleet.targetOnDemandCapacity).to.equal(1);
    expect(options.ignoreChanges).to.deep.equal([
      "coreInstanceFleet.targetOnDemandCapacity",
      "coreInstanceFleet.targetSpotCapacity",
      "steps",
    ]);
    expect(inputs).to.not.have.any.keys(
      "steps",
      "masterInstanceGroup",
      "coreInstanceGroup",
      "autoTerminationPolicy",
      "visibleToAllUsers",
    );
  });

  it("keeps running between steps, runs several at once and drains nodes before they go", async () => {
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").inputs).to.include({
      keepJobFlowAliveWhenNoSteps: true,
      stepConcurrencyLevel: 4,
      terminationProtection: true,
      unhealthyNodeReplacement: true,
      scaleDownBehavior: "TERMINATE_AT_TASK_COMPLETION",
      logUri: "s3://lake-artifacts-1a2b3c4/logs/",
    });
  });

  it("terminates an idle cluster after the minutes the stack gives", async () => {
    await cluster({ ...small, idleTerminationMinutes: 30 });
    expect(find(registered, CLUSTER, "spark").inputs.autoTerminationPolicy).to.deep.equal({
      idleTimeout: 1800,
    });
  });

  it("switches node labels on from the first day, with drivers on on-demand nodes", async () => {
    await cluster(small);
    const configurations = JSON.parse(
      find(registered, CLUSTER, "spark").inputs.configurationsJson as string,
    ) as { Classification: string; Properties: Record<string, string> }[];
    const yarn = configurations.find(({ Classification }) => Classification === "yarn-site");
    expect(yarn?.Properties).to.include({
      "yarn.node-labels.enabled": "true",
      "yarn.node-labels.am.default-node-label-expression": "ON_DEMAND",
      "yarn.resourcemanager.am.max-attempts": "4",
    });
  });

  it("starts three primaries as a fleet", async () => {
    await cluster(large);
    const fleet = find(registered, CLUSTER, "spark").inputs.masterInstanceFleet as object;
    expect(fleet).to.include({ targetOnDemandCapacity: 3, targetSpotCapacity: 0 });
  });

  it("adds a spot fleet only where the stack has one, and leaves its size to managed scaling", async () => {
    await cluster(small);
    expect(namesOf(registered, "aws:emr/instanceFleet:InstanceFleet")).to.deep.equal([]);
    await cluster(large);
    const { inputs, options } = find(
      registered,
      "aws:emr/instanceFleet:InstanceFleet",
      "spark-task",
    );
    expect(inputs.clusterId).to.equal("j-MOCKCLUSTER1");
    expect(inputs.launchSpecifications.spotSpecifications[0].allocationStrategy).to.equal(
      "price-capacity-optimized",
    );
    expect(options.ignoreChanges).to.deep.equal(["targetOnDemandCapacity", "targetSpotCapacity"]);
  });

  it("counts scaling in fleet units and removes the old policy before it puts the new one", async () => {
    await cluster(large);
    const { inputs, options } = find(
      registered,
      "aws:emr/managedScalingPolicy:ManagedScalingPolicy",
      "spark-scaling",
    );
    expect(inputs.computeLimits).to.deep.equal([
      {
        unitType: "InstanceFleetUnits",
        minimumCapacityUnits: 2,
        maximumCapacityUnits: 8,
        maximumCoreCapacityUnits: 4,
        maximumOndemandCapacityUnits: 3,
      },
    ]);
    expect(options.deleteBeforeReplace).to.equal(true);
  });

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

  it("lets the EMR service and the nodes talk on their two ports, and nobody else in", async () => {
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
      .policy as string;
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

  it("waits for the rights the cluster needs", async () => {
    await cluster(small);
    const waited = find(registered, CLUSTER, "spark").options.dependencies.map((urn) =>
      urn.split("::").at(-1),
    );
    expect(waited).to.include.members([
      "spark-service-emr",
      "spark-service-extra",
      "lake-artifacts-spark-logs-write",
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
    await cluster({ ...large, transitCertificates: "s3://certificates/nodes.zip" });
    const key = "arn:aws:kms:us-east-1:123456789012:key/spark-disk-key";
    const encryption = security().EncryptionConfiguration as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
    expect(encryption.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration).to.deep.equal(
      {
        EncryptionKeyProviderType: "AwsKms",
        AwsKmsKey: key,
        EnableEbsEncryption: true,
      },
    );
    expect(
      encryption.InTransitEncryptionConfiguration.TLSCertificateConfiguration.S3Object,
    ).to.equal("s3://certificates/nodes.zip");
    const grants = statements(
      find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-service-extra").inputs
        .policy as string,
    );
    expect(grants.map(({ Sid }) => Sid as string)).to.deep.equal([
      "PassInstanceRole",
      "UseDiskKey",
      "LendDiskKeyToVolumes",
    ]);
    expect(grants[2].Condition).to.deep.equal({ Bool: { "kms:GrantIsForAWSResource": "true" } });
  });

  it("lets jobs publish metrics in one namespace, and gives no such right without one", async () => {
    await cluster(small, "StreamingMl");
    const policy = find(registered, "aws:iam/rolePolicy:RolePolicy", "spark-instance-own").inputs
      .policy as string;
    expect(statements(policy)[0].Condition).to.deep.equal({
      StringEquals: { "cloudwatch:namespace": "StreamingMl" },
    });
    await cluster(small);
    expect(namesOf(registered, "aws:iam/rolePolicy:RolePolicy")).to.not.include(
      "spark-instance-own",
    );
  });

  it("is the parent of the cluster", async () => {
    const made = await cluster(small);
    expect(await valueOf(made.cluster.urn)).to.contain(
      "streaming-ml:cluster:SparkCluster$aws:emr/cluster:Cluster",
    );
  });
});
