import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { SERVERLESS_DEFAULTS, type EndpointConfig } from "./config";
import { VARIANT_NAME } from "./endpointName";

/** The one production variant: serverless, or instances beginning with the fewest. */
export function buildVariant(
  config: Pick<EndpointConfig, "mode" | "instances" | "serverless">,
  modelName: pulumi.Input<string>,
): aws.types.input.sagemaker.EndpointConfigurationProductionVariant {
  const variant = { variantName: VARIANT_NAME, modelName };
  if (config.mode === "serverless") {
    const { memoryMb, maxConcurrency } = config.serverless ?? SERVERLESS_DEFAULTS;
    return { ...variant, serverlessConfig: { memorySizeInMb: memoryMb, maxConcurrency } };
  }
  return {
    ...variant,
    instanceType: config.instances?.type,
    initialInstanceCount: config.instances?.minCount,
    initialVariantWeight: 1,
  };
}
