import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
  type ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";

const MISSING = "ObjectNotFoundException";

function client({ location }: HandlerContext): ApplicationAutoScalingClient {
  return new ApplicationAutoScalingClient(
    connectionTo("APPLICATION_AUTO_SCALING", location.region),
  );
}

function targetOf(properties: Properties) {
  return {
    ServiceNamespace: text(properties.serviceNamespace) as ServiceNamespace,
    ScalableDimension: text(properties.scalableDimension) as ScalableDimension,
    ResourceId: text(properties.resourceId),
  };
}

async function register(inputs: Properties, context: HandlerContext): Promise<void> {
  await client(context).send(
    new RegisterScalableTargetCommand({
      ...targetOf(inputs),
      MinCapacity: Number(inputs.minCapacity),
      MaxCapacity: Number(inputs.maxCapacity),
    }),
  );
}

/** Scalable targets in the stand-in: SageMaker refuses some changes while one is registered. */
export const scalingHandlers: HandlerTable = {
  "aws:appautoscaling/target:Target": {
    async create(inputs, context) {
      await register(inputs, context);
      return {};
    },
    async update(_id, _olds, news, context) {
      await register(news, context);
      return undefined;
    },
    delete: (_id, properties, context) =>
      ignoreMissing(
        client(context).send(new DeregisterScalableTargetCommand(targetOf(properties))),
        MISSING,
      ),
    async exists(_id, properties, context) {
      const { ServiceNamespace, ResourceId } = targetOf(properties);
      const { ScalableTargets } = await client(context).send(
        new DescribeScalableTargetsCommand({ ServiceNamespace, ResourceIds: [ResourceId] }),
      );
      return ScalableTargets !== undefined && ScalableTargets.length > 0;
    },
  },
};
