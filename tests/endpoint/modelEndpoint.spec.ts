import { expect } from "chai";

import { type EndpointConfig, endpointConfigSchema } from "../../components/endpoint/config";
import { endpointKindHash, endpointName } from "../../components/endpoint/endpointKind";
import { ModelEndpoint } from "../../components/endpoint/modelEndpoint";
import { deploymentTarget } from "../../components/shared/target";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const DEPLOYMENT = "pulumi-nodejs:dynamic/endpoint:EndpointDeployment";
const TARGET = "aws:appautoscaling/target:Target";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Built {
  readonly endpoint: ModelEndpoint;
  readonly registered: Registered[];
  readonly kind: string;
}

async function build(config: object): Promise<Built> {
  const registered = await mockStack("test");
  const parsed: EndpointConfig = endpointConfigSchema.parse(config);
  const endpoint = new ModelEndpoint("endpoint", {
    ...parsed,
    target: deploymentTarget("us-east-1"),
    modelPackageArn: "arn:package/3",
    repositoryArns: ["arn:repository"],
    artifactBucket: "artifacts",
    lakeBucket: "lake",
    keyArn: "arn:key",
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
  });
  await settled();
  return { endpoint, registered, kind: endpointKindHash(parsed) };
}

const INSTANCES = {
  mode: "instances",
  instances: { type: "ml.c5.large", minCount: 2, maxCount: 10 },
};

describe("ModelEndpoint", () => {
  it("has a name that previews know and that changes with mode and instance type only", () => {
    const name = (config: object): string =>
      endpointName("streaming-ml", "prod", endpointConfigSchema.parse(config));
    const instances = name(INSTANCES);
    expect(instances).to.match(/^streaming-ml-prod-[0-9a-f]{8}$/);
    expect(name({ ...INSTANCES, instances: { type: "ml.c5.large", maxCount: 3 } })).to.equal(
      instances,
    );
    expect(name({ ...INSTANCES, instances: { type: "ml.c5.xlarge" } })).to.not.equal(instances);
    expect(name({ mode: "serverless" })).to.not.equal(instances);
    expect(name({ mode: "serverless", serverless: { memoryMb: 4096 } })).to.equal(
      name({ mode: "serverless" }),
    );
  });

  it("keeps SageMaker's rules for names, however long or odd the stack's is", () => {
    const config = endpointConfigSchema.parse({ mode: "serverless" });
    for (const stack of ["a".repeat(100), "Feature_x.y", `${"a".repeat(40)}_b`]) {
      // SageMaker allows upper case, but an ARN spells the name in lower case.
      expect(endpointName("streaming-ml", stack, config)).to.match(/^[a-z0-9](-*[a-z0-9]){0,62}$/);
    }
  });

  it("serves with instances: variant, capture, alarms, scaling after the deployment", async () => {
    const { endpoint, registered, kind } = await build({
      ...INSTANCES,
      deployment: { strategy: "canary", canaryPercent: 20, waitSeconds: 120 },
      dataCapture: { samplingPercent: 10 },
      networkIsolation: true,
      inVpc: true,
      volumeKeyArn: "arn:volume-key",
    });
    const { inputs } = find(registered, CONFIGURATION, `endpoint-${kind}`);
    expect(inputs).to.deep.equal({
      productionVariants: [
        {
          variantName: "main",
          modelName: `endpoint-${kind}-1a2b3c4`,
          instanceType: "ml.c5.large",
          initialInstanceCount: 2,
          initialVariantWeight: 1,
        },
      ],
      kmsKeyArn: "arn:volume-key",
      dataCaptureConfig: {
        enableCapture: true,
        initialSamplingPercentage: 10,
        destinationS3Uri: "s3://lake/data-capture",
        captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
        captureContentTypeHeader: { jsonContentTypes: ["application/json"] },
        kmsKeyId: "arn:key",
      },
    });
    const model = find(registered, "aws:sagemaker/model:Model", `endpoint-${kind}`);
    expect(model.inputs).to.deep.equal({
      executionRoleArn: "arn:aws:iam::123456789012:role/endpoint-role-1a2b3c4",
      primaryContainer: { modelPackageName: "arn:package/3" },
      enableNetworkIsolation: true,
      vpcConfig: { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] },
    });
    expect(find(registered, DEPLOYMENT, "endpoint").inputs).to.deep.include({
      region: "us-east-1",
      accountId: "123456789012",
      endpointName: endpoint.endpointName,
      endpointConfigName: `endpoint-${kind}-1a2b3c4`,
      modelName: `endpoint-${kind}-1a2b3c4`,
      retainCapacity: true,
      keepPrevious: 3,
      drainSeconds: 60,
      deploymentSettings: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: "CANARY",
            CanarySize: { Type: "CAPACITY_PERCENT", Value: 20 },
            WaitIntervalInSeconds: 120,
          },
          TerminationWaitInSeconds: 0,
          MaximumExecutionTimeoutInSeconds: 3600,
        },
        AutoRollbackConfiguration: {
          Alarms: [
            { AlarmName: "endpoint-rollback-errors-1a2b3c4" },
            { AlarmName: "endpoint-rollback-latency-1a2b3c4" },
          ],
        },
      },
    });
    expect(find(registered, TARGET, "endpoint-scaling").inputs).to.deep.equal({
      serviceNamespace: "sagemaker",
      resourceId: `endpoint/${endpoint.endpointName}/variant/main`,
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      minCapacity: 2,
      maxCapacity: 10,
    });
  });

  it("does not roll back for missing data, and takes latency in CloudWatch's unit", async () => {
    const { endpoint, registered } = await build({
      ...INSTANCES,
      deployment: { maxModelLatencyMs: 500, maxServerErrorsPerMinute: 3 },
    });
    for (const name of namesOf(registered, ALARM)) {
      const { inputs } = find(registered, ALARM, name);
      expect(inputs.treatMissingData).to.equal("notBreaching");
      expect(inputs.dimensions).to.deep.equal({
        EndpointName: endpoint.endpointName,
        VariantName: "main",
      });
    }
    expect(find(registered, ALARM, "endpoint-rollback-latency").inputs.threshold).to.equal(500_000);
    expect(find(registered, ALARM, "endpoint-rollback-errors").inputs.threshold).to.equal(3);
  });

  it("replaces a share of the instances at a time, watched by the same alarms", async () => {
    const { registered } = await build({
      ...INSTANCES,
      deployment: { strategy: "rolling", rollingPercent: 50, waitSeconds: 90, timeoutSeconds: 900 },
    });
    expect(find(registered, DEPLOYMENT, "endpoint").inputs.deploymentSettings).to.deep.equal({
      RollingUpdatePolicy: {
        MaximumBatchSize: { Type: "CAPACITY_PERCENT", Value: 50 },
        WaitIntervalInSeconds: 90,
        MaximumExecutionTimeoutInSeconds: 900,
      },
      AutoRollbackConfiguration: {
        Alarms: [
          { AlarmName: "endpoint-rollback-errors-1a2b3c4" },
          { AlarmName: "endpoint-rollback-latency-1a2b3c4" },
        ],
      },
    });
  });

  it("has an ARN before it is deployed, so that permission to invoke it exists well before it is needed", async () => {
    const { endpoint } = await build({ mode: "serverless" });
    expect(await valueOf(endpoint.arn)).to.equal(
      `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${endpoint.endpointName}`,
    );
  });

  it("serves without instances: neither alarms nor scaling nor guardrails", async () => {
    const { registered, kind } = await build({ mode: "serverless" });
    expect(find(registered, CONFIGURATION, `endpoint-${kind}`).inputs).to.deep.equal({
      productionVariants: [
        {
          variantName: "main",
          modelName: `endpoint-${kind}-1a2b3c4`,
          serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 10 },
        },
      ],
    });
    expect(namesOf(registered, ALARM)).to.deep.equal([]);
    expect(namesOf(registered, TARGET)).to.deep.equal([]);
    expect(find(registered, DEPLOYMENT, "endpoint").inputs).to.not.have.property(
      "deploymentSettings",
    );
  });

  it("scales only between two different bounds", async () => {
    const { registered } = await build({ mode: "instances", instances: { type: "ml.c5.large" } });
    expect(namesOf(registered, TARGET)).to.deep.equal([]);
  });

  it("lets the container read models only, and write captured requests only when it captures", async () => {
    const policy = async (config: object): Promise<{ Sid: string; Resource: unknown }[]> => {
      const { registered } = await build(config);
      return statements(
        find(registered, "aws:iam/rolePolicy:RolePolicy", "endpoint-rights").inputs.policy,
      );
    };
    const plain = await policy(INSTANCES);
    expect(plain.map(({ Sid }) => Sid)).to.deep.equal([
      "LoadModel",
      "WriteLogs",
      "PutMetrics",
      "WatchRollbackAlarms",
      "PullImages",
      "LogInToRegistry",
      "UseKey",
    ]);
    expect(plain[0].Resource).to.equal("arn:aws:s3:::artifacts/models/*");
    expect(plain[3]).to.deep.include({
      Action: "cloudwatch:DescribeAlarms",
      Resource: ["errors", "latency"].map(
        (alarm) =>
          `arn:aws:cloudwatch:us-east-1:123456789012:alarm:endpoint-rollback-${alarm}-1a2b3c4`,
      ),
    });
    const serverless = await policy({ mode: "serverless" });
    expect(serverless.map(({ Sid }) => Sid)).to.not.include("WatchRollbackAlarms");
    const capturing = await policy({ ...INSTANCES, dataCapture: { samplingPercent: 1 } });
    expect(capturing.find(({ Sid }) => Sid === "CaptureData")?.Resource).to.equal(
      "arn:aws:s3:::lake/data-capture/*",
    );
  });

  it("is the parent of what it makes", async () => {
    const { endpoint } = await build({ mode: "serverless" });
    expect(await valueOf(endpoint.deployment.urn)).to.contain(
      "streaming-ml:endpoint:ModelEndpoint$pulumi-nodejs:dynamic/endpoint:EndpointDeployment::endpoint",
    );
  });
});
