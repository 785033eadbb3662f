import type {
  BlueGreenUpdatePolicy,
  DeploymentConfig as SageMakerDeploymentConfig,
  RollingUpdatePolicy,
} from "@aws-sdk/client-sagemaker";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DeploymentConfig, InstancesConfig } from "./config";

// What SageMaker offers to endpoints of instances only, and not to serverless ones.

/**
 * How SageMaker moves an endpoint of instances to a new configuration, and back by itself when one of
 * the alarms fires.
 *
 * @param alarmNames 1 to 10 CloudWatch alarms
 */
export function buildDeploymentSettings(
  config: DeploymentConfig,
  alarmNames: readonly string[],
): SageMakerDeploymentConfig {
  return {
    ...(config.strategy === "rolling"
      ? { RollingUpdatePolicy: rolling(config) }
      : { BlueGreenUpdatePolicy: blueGreen(config) }),
    AutoRollbackConfiguration: {
      Alarms: alarmNames.map((AlarmName) => ({ AlarmName })),
    },
  };
}

function rolling(config: DeploymentConfig): RollingUpdatePolicy {
  return {
    MaximumBatchSize: { Type: "CAPACITY_PERCENT", Value: config.rollingPercent },
    WaitIntervalInSeconds: config.waitSeconds,
    MaximumExecutionTimeoutInSeconds: config.timeoutSeconds,
  };
}

function blueGreen(config: DeploymentConfig): BlueGreenUpdatePolicy {
  return {
    TrafficRoutingConfiguration:
      config.strategy === "canary"
        ? {
            Type: "CANARY",
            CanarySize: { Type: "CAPACITY_PERCENT", Value: config.canaryPercent },
            WaitIntervalInSeconds: config.waitSeconds,
          }
        : { Type: "ALL_AT_ONCE", WaitIntervalInSeconds: config.waitSeconds },
    TerminationWaitInSeconds: config.terminationWaitSeconds,
    MaximumExecutionTimeoutInSeconds: config.timeoutSeconds,
  };
}

export interface AutoscalingArgs extends InstancesConfig {
  /** The endpoint; it must be in service before its variant can be registered. */
  readonly endpointName: string;
  readonly variantName: string;
}

/** Keeps the invocations per minute and instance near a target, between two bounds. */
export function createAutoscaling(
  name: string,
  args: AutoscalingArgs,
  opts: { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Resource[] },
): aws.appautoscaling.Policy {
  const target = new aws.appautoscaling.Target(
    `${name}-scaling`,
    {
      serviceNamespace: "sagemaker",
      resourceId: `endpoint/${args.endpointName}/variant/${args.variantName}`,
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      minCapacity: args.minCount,
      maxCapacity: args.maxCount,
    },
    opts,
  );
  return new aws.appautoscaling.Policy(
    `${name}-scaling-policy`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
        },
        targetValue: args.targetInvocationsPerMinute,
        scaleInCooldown: args.scaleInCooldownSeconds,
        scaleOutCooldown: args.scaleOutCooldownSeconds,
      },
    },
    { parent: opts.parent },
  );
}
