import {
  terraform,
  terraformUnread,
  alphanumericId,
  arn,
  idFrom,
  replacedOnAllBut,
  type ResourceTable,
} from "../resourceType";

/** EMR on EC2. */
export const clusterTypes: ResourceTable = {
  "aws:emr/cluster:Cluster": {
    identify: () => `j-${alphanumericId(13).toUpperCase()}`,
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "elasticmapreduce", `cluster/${id}`),
      clusterState: "WAITING",
      masterPublicDns: `ip-10-0-0-10.${place.region}.compute.internal`,
    }),
    replacement: replacedOnAllBut(
      terraform("emr/cluster.go"),
      "tags",
      "terminationProtection",
      "unhealthyNodeReplacement",
      "autoTerminationPolicy",
      "stepConcurrencyLevel",
      "visibleToAllUsers",
      "listStepsStates",
      "coreInstanceGroup.instanceCount",
      "coreInstanceGroup.autoscalingPolicy",
    ),
  },
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": {
    identify: idFrom("clusterId"),
    replacement: replacedOnAllBut(terraform("emr/managed_scaling_policy.go")),
  },
  "aws:emr/instanceFleet:InstanceFleet": {
    identify: () => `if-${alphanumericId(13).toUpperCase()}`,
    outputs: () => ({ provisionedOnDemandCapacity: 0, provisionedSpotCapacity: 0 }),
    replacement: replacedOnAllBut(
      terraform("emr/instance_fleet.go"),
      "targetOnDemandCapacity",
      "targetSpotCapacity",
    ),
  },
  "aws:emr/securityConfiguration:SecurityConfiguration": {
    identify: idFrom("name"),
    outputs: () => ({ creationDate: "2026-01-01T00:00:00Z" }),
    replacement: replacedOnAllBut(terraformUnread("emr/security_configuration.go")),
  },
};
