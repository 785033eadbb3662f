import { expect } from "chai";

import { replaces } from "../../local/provider/difference";
import { resourceType, resourceTypes } from "../../local/provider/resourceTable";
import { wasLookedUp } from "../../local/provider/resourceType";

/** Input paths that AWS changes in place, and ones that make it replace the resource. */
const EXPECTED: Record<string, { inPlace: string[]; replacing: string[] }> = {
  "aws:kinesis/stream:Stream": {
    inPlace: ["shardCount", "retentionPeriod", "streamModeDetails.streamMode", "kmsKeyId"],
    replacing: ["name"],
  },
  "aws:s3/bucket:Bucket": { inPlace: ["forceDestroy", "tags.a"], replacing: ["bucket"] },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    inPlace: ["source", "content"],
    replacing: ["bucket", "key"],
  },
  "aws:kms/key:Key": { inPlace: ["policy", "enableKeyRotation"], replacing: ["keyUsage"] },
  "aws:glue/catalogTable:CatalogTable": {
    inPlace: ["storageDescriptor.columns[0].type", "parameters"],
    replacing: ["name", "databaseName"],
  },
  "aws:secretsmanager/secret:Secret": { inPlace: ["description"], replacing: ["name"] },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    inPlace: ["versionStages[0]"],
    replacing: ["secretId", "secretString"],
  },
  "aws:iam/role:Role": {
    inPlace: ["assumeRolePolicy", "maxSessionDuration"],
    replacing: ["name", "path"],
  },
  "aws:emr/cluster:Cluster": {
    inPlace: [
      "terminationProtection",
      "stepConcurrencyLevel",
      "autoTerminationPolicy.idleTimeout",
      "unhealthyNodeReplacement",
      "coreInstanceGroup.instanceCount",
    ],
    replacing: [
      "releaseLabel",
      "configurationsJson",
      "ec2Attributes.subnetIds[0]",
      "coreInstanceFleet.targetOnDemandCapacity",
      "masterInstanceFleet.instanceTypeConfigs[0].instanceType",
      "coreInstanceGroup.instanceType",
      "steps[0].name",
      "logUri",
    ],
  },
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": {
    inPlace: [],
    replacing: ["clusterId", "computeLimits[0].maximumCapacityUnits"],
  },
  "aws:emr/instanceFleet:InstanceFleet": {
    inPlace: ["targetSpotCapacity"],
    replacing: ["clusterId", "instanceTypeConfigs[0].instanceType"],
  },
  "aws:sagemaker/model:Model": {
    inPlace: ["tags.a"],
    replacing: ["primaryContainer.modelPackageName", "executionRoleArn"],
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    inPlace: ["tags.a"],
    replacing: [
      "productionVariants[0].instanceType",
      "dataCaptureConfig.initialSamplingPercentage",
    ],
  },
  "aws:sagemaker/pipeline:Pipeline": {
    inPlace: ["pipelineDefinition", "roleArn"],
    replacing: ["pipelineName"],
  },
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": {
    inPlace: ["tags.a"],
    replacing: ["modelPackageGroupName", "modelPackageGroupDescription"],
  },
  "aws:apigateway/restApi:RestApi": { inPlace: ["body", "name"], replacing: [] },
  "aws:apigateway/deployment:Deployment": {
    inPlace: ["description"],
    replacing: ["restApi", "triggers.document"],
  },
  "aws:apigateway/stage:Stage": { inPlace: ["deployment"], replacing: ["stageName"] },
  "aws:apigateway/apiKey:ApiKey": { inPlace: ["enabled"], replacing: ["value"] },
  "aws:appautoscaling/target:Target": {
    inPlace: ["minCapacity", "maxCapacity"],
    replacing: ["resourceId"],
  },
  "aws:ec2/vpc:Vpc": { inPlace: ["enableDnsHostnames"], replacing: ["cidrBlock"] },
  "aws:ec2/subnet:Subnet": {
    inPlace: ["mapPublicIpOnLaunch"],
    replacing: ["cidrBlock", "availabilityZone", "vpcId"],
  },
  "aws:ec2/natGateway:NatGateway": { inPlace: ["tags.a"], replacing: ["subnetId", "allocationId"] },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    inPlace: ["subnetIds[1]", "policy"],
    replacing: ["serviceName", "vpcId"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    inPlace: ["tags.a"],
    replacing: ["description", "vpcId"],
  },
  "aws:cloudwatch/logGroup:LogGroup": { inPlace: ["retentionInDays"], replacing: ["name"] },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { inPlace: ["threshold"], replacing: ["name"] },
};

/** Neither holds data nor takes long: quickly made again. */
const MERELY_EXPECTED = [
  "aws:iam/role:Role",
  "aws:apigateway/apiKey:ApiKey",
  "aws:appautoscaling/target:Target",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
];

describe("replacement table", () => {
  for (const [type, { inPlace, replacing }] of Object.entries(EXPECTED)) {
    it(`knows what replaces ${type}`, () => {
      const { replacement } = resourceType(type);
      const replaced = (paths: string[]) => paths.filter((path) => replaces(replacement, path));
      expect(replaced(inPlace), "changed in place").to.deep.equal([]);
      expect(replaced(replacing), "replaced").to.deep.equal(replacing);
    });
  }

  it("never replaces a resource for a tag", () => {
    const replaced = Object.entries(resourceTypes)
      .filter(([, { replacement }]) => replaces(replacement, "tags.owner"))
      .map(([type]) => type);
    // These have no tags.
    expect(replaced.sort()).to.deep.equal([
      "aws:emr/managedScalingPolicy:ManagedScalingPolicy",
      "aws:secretsmanager/secretVersion:SecretVersion",
    ]);
  });

  it("has a source that was read for every type that holds data or is slow", () => {
    const stateful = Object.keys(EXPECTED).filter((type) => !MERELY_EXPECTED.includes(type));
    const unread = stateful.filter((type) => !wasLookedUp(resourceType(type).replacement));
    expect(unread).to.deep.equal([]);
  });

  it("names a source for every row that was looked up", () => {
    const unsourced = Object.entries(resourceTypes).filter(
      ([, { replacement }]) => "source" in replacement && !replacement.source.text,
    );
    expect(unsourced).to.deep.equal([]);
  });
});
