import {
  AddInstanceFleetCommand,
  type ComputeLimits,
  GetManagedScalingPolicyCommand,
  type InstanceFleet,
  ListInstanceFleetsCommand,
  ModifyInstanceFleetCommand,
  PutManagedScalingPolicyCommand,
  RemoveManagedScalingPolicyCommand,
} from "@aws-sdk/client-emr";

import { type Properties, text } from "../wire";
import { emrClient, fleet, MISSING_CLUSTER, targetsOf } from "./cluster";
import { isMissing } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";

/** Names of the limits, the provider's and EMR's. */
const LIMITS = {
  unitType: "UnitType",
  minimumCapacityUnits: "MinimumCapacityUnits",
  maximumCapacityUnits: "MaximumCapacityUnits",
  maximumCoreCapacityUnits: "MaximumCoreCapacityUnits",
  maximumOndemandCapacityUnits: "MaximumOnDemandCapacityUnits",
} as const;

function computeLimits(inputs: Properties): ComputeLimits {
  const [limits] = inputs.computeLimits as Properties[];
  return Object.fromEntries(
    Object.entries(LIMITS)
      .filter(([name]) => limits[name] !== undefined)
      .map(([name, emrName]) => [emrName, limits[name]]),
  ) as unknown as ComputeLimits;
}

/** Fleets of a cluster; none if EMR does not know it. */
export async function fleetsOf(
  clusterId: string,
  context: HandlerContext,
): Promise<InstanceFleet[]> {
  try {
    const answer = await emrClient(context).send(
      new ListInstanceFleetsCommand({ ClusterId: clusterId }),
    );
    return answer.InstanceFleets ?? [];
  } catch (error) {
    if (isMissing(error, ...MISSING_CLUSTER)) {
      return [];
    }
    throw error;
  }
}

/**
 * Ignores the errors that the provider ignores: a cluster that has ended has neither fleets nor limits (functions
 * resourceManagedScalingPolicyDelete and resourceInstanceFleetDelete).
 */
async function unlessEnded(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!ENDED_CLUSTER.test((error as Error).message)) {
      throw error;
    }
  }
}

const ENDED_CLUSTER =
  /may not be modified|may only be modified when the cluster is running or waiting|is not valid/;

function resize(id: string, properties: Properties, onDemand: number, spot: number) {
  return new ModifyInstanceFleetCommand({
    ClusterId: text(properties.clusterId),
    InstanceFleet: {
      InstanceFleetId: id,
      TargetOnDemandCapacity: onDemand,
      TargetSpotCapacity: spot,
    },
  });
}

/** Task fleets and limits of managed scaling in the local EMR service. */
export const clusterCapacityHandlers: HandlerTable = {
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": {
    async create(inputs, context) {
      await emrClient(context).send(
        new PutManagedScalingPolicyCommand({
          ClusterId: text(inputs.clusterId),
          ManagedScalingPolicy: { ComputeLimits: computeLimits(inputs) },
        }),
      );
      return {};
    },
    // As the provider does: whatever policy the cluster has now is removed.
    delete: (id, _properties, context) =>
      unlessEnded(
        emrClient(context).send(new RemoveManagedScalingPolicyCommand({ ClusterId: id })),
      ),
    async exists(id, _properties, context) {
      try {
        const answer = await emrClient(context).send(
          new GetManagedScalingPolicyCommand({ ClusterId: id }),
        );
        return answer.ManagedScalingPolicy !== undefined;
      } catch (error) {
        if (isMissing(error, ...MISSING_CLUSTER)) {
          return false;
        }
        throw error;
      }
    },
  },
  "aws:emr/instanceFleet:InstanceFleet": {
    async create(inputs, context) {
      const [config] = fleet("TASK", inputs);
      const added = await emrClient(context).send(
        new AddInstanceFleetCommand({ ClusterId: text(inputs.clusterId), InstanceFleet: config }),
      );
      return { id: added.InstanceFleetId };
    },
    async update(id, _olds, news, context) {
      const { targetOnDemandCapacity, targetSpotCapacity } = news;
      await emrClient(context).send(
        resize(id, news, Number(targetOnDemandCapacity ?? 0), Number(targetSpotCapacity ?? 0)),
      );
      return undefined;
    },
    // EMR has no call that deletes a fleet; the provider empties it.
    delete: (id, properties, context) =>
      unlessEnded(emrClient(context).send(resize(id, properties, 0, 0))),
    async exists(id, properties, context) {
      const fleets = await fleetsOf(text(properties.clusterId), context);
      return fleets.some(({ Id }) => Id === id);
    },
    async observe(id, properties, context) {
      const fleets = await fleetsOf(text(properties.clusterId), context);
      const found = fleets.find(({ Id }) => Id === id);
      return found === undefined ? {} : targetsOf(found);
    },
  },
};
