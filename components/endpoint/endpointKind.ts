import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { stackName } from "../shared/stackName";
import { type EndpointConfig, SERVERLESS_DEFAULTS } from "./config";

/** SageMaker's limit for endpoint names. */
const MAXIMUM_LENGTH = 63;

/** Characters of the hash of an endpoint's kind. */
const KIND_LENGTH = 8;

/** The one variant of every endpoint. Constant, because scaling and alarms are bound to it. */
export const VARIANT_NAME = "main";

/**
 * Hash of what SageMaker refuses to change on a live endpoint: its mode, and the instance type of a
 * variant that is registered for autoscaling (UpdateEndpoint API reference).
 */
export function endpointKindHash(config: Pick<EndpointConfig, "mode" | "instances">): string {
  const kind = config.mode === "serverless" ? "serverless" : `instances:${config.instances?.type}`;
  return createHash("sha256").update(kind).digest("hex").slice(0, KIND_LENGTH);
}

/**
 * Name of the endpoint: known while planning, and another one as soon as a change needs a new
 * endpoint. The new one is then created, the API repointed and the old one deleted, in this order.
 *
 * @example streaming-ml-prod-1f0c7a52
 */
export function endpointName(
  project: string,
  stack: string,
  config: Pick<EndpointConfig, "mode" | "instances">,
): string {
  return `${endpointBaseName(project, stack)}-${endpointKindHash(config)}`;
}

/** What the names of all endpoints of a stack begin with, whatever their kind. */
export function endpointBaseName(project: string, stack: string): string {
  return stackName(project, stack, { maximumLength: MAXIMUM_LENGTH - KIND_LENGTH - 1 });
}

/** Whether an endpoint belongs to the stack of this base name, and not to one whose name goes on. */
export function isEndpointOf(name: string, baseName: string): boolean {
  const kind = name.slice(baseName.length);
  return name.startsWith(baseName) && /^-[0-9a-f]{8}$/.test(kind);
}

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
