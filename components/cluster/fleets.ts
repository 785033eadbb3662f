import type * as aws from "@pulumi/aws";

import type { ClusterConfig, ScalingConfig } from "./config";

type CoreFleet = aws.types.input.emr.ClusterCoreInstanceFleet;
type PrimaryFleet = aws.types.input.emr.ClusterMasterInstanceFleet;
export type ComputeLimit = aws.types.input.emr.ManagedScalingPolicyComputeLimit;

/** Minutes that EMR waits for spot capacity when a fleet starts, before it continues without. */
const SPOT_TIMEOUT_MINUTES = 10;

/** Instance types of a fleet: each instance counts as one unit, whatever its type. */
export function instanceTypeConfigs(types: readonly string[], diskSizeGb: number) {
  return types.map((instanceType) => ({
    instanceType,
    weightedCapacity: 1,
    ebsConfigs: [{ size: diskSizeGb, type: "gp3", volumesPerInstance: 1 }],
  }));
}

/** Primary or core fleet: on-demand only. Core nodes hold HDFS and drivers, primaries the cluster itself. */
export function onDemandFleet(
  fleet: ClusterConfig["core"] | ClusterConfig["primary"],
  diskSizeGb: number,
): CoreFleet & PrimaryFleet {
  return {
    instanceTypeConfigs: instanceTypeConfigs(fleet.instanceTypes, diskSizeGb),
    targetOnDemandCapacity: fleet.count,
    targetSpotCapacity: 0,
    launchSpecifications: { onDemandSpecifications: [{ allocationStrategy: "lowest-price" }] },
  };
}

/** Allocation of a spot fleet: the pools least likely to be interrupted, then the cheapest. */
export function spotSpecification() {
  return {
    spotSpecifications: [
      {
        allocationStrategy: "price-capacity-optimized",
        timeoutAction: "SWITCH_TO_ON_DEMAND",
        timeoutDurationMinutes: SPOT_TIMEOUT_MINUTES,
      },
    ],
  };
}

/** Limits of managed scaling over core and task nodes; with fleets EMR counts units. */
export function computeLimit(scaling: ScalingConfig): ComputeLimit {
  return {
    unitType: "InstanceFleetUnits",
    minimumCapacityUnits: scaling.minimumUnits,
    maximumCapacityUnits: scaling.maximumUnits,
    maximumCoreCapacityUnits: scaling.maximumCoreUnits,
    maximumOndemandCapacityUnits: scaling.maximumOnDemandUnits,
  };
}
