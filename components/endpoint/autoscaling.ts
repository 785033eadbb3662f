import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { InstancesConfig } from "./config";

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
