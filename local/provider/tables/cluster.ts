import {
  alphanumericId,
  arn,
  asCloudFormation,
  because,
  idFrom,
  replacedOnAllBut,
  type ResourceTable,
  terraform,
} from "../resourceType";

/** EMR on EC2. */
export const clusterTypes: ResourceTable = {
  "aws:emr/cluster:Cluster": {
    identify: () => `j-${alphanumericId(13).toUpperCase()}`,
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "elasticmapreduce", `cluster/${id}`),
      clusterState: "WAITING",
      masterPublicDns: `ip-10-0-0-10.${location.region}.compute.internal`,
    }),
    replacement: asCloudFormation("AWS::EMR::Cluster", {
      names: { configurationsJson: "Configurations" },
      also: [
        because(
          "CloudFormation resizes groups and fleets inside Instances; the provider makes a new cluster (emr/cluster.go)",
          "coreInstanceFleet",
          "coreInstanceGroup",
          "ec2Attributes",
          "masterInstanceFleet",
          "masterInstanceGroup",
        ),
        because("only RunJobFlow takes it", "keepJobFlowAliveWhenNoSteps"),
      ],
      not: [
        because(
          "the provider resizes the group in place (emr/cluster.go)",
          "coreInstanceGroup.instanceCount",
          "coreInstanceGroup.autoscalingPolicy",
        ),
      ],
    }),
  },
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": {
    identify: idFrom("clusterId"),
    replacement: replacedOnAllBut(terraform("emr/managed_scaling_policy.go")),
  },
  "aws:emr/instanceFleet:InstanceFleet": {
    identify: () => `if-${alphanumericId(13).toUpperCase()}`,
    outputs: () => ({ provisionedOnDemandCapacity: 0, provisionedSpotCapacity: 0 }),
    replacement: asCloudFormation("AWS::EMR::InstanceFleetConfig", {
      also: [
        because(
          "ModifyInstanceFleet can; the provider still makes a new fleet (emr/instance_fleet.go)",
          "instanceTypeConfigs",
        ),
      ],
    }),
  },
  "aws:emr/securityConfiguration:SecurityConfiguration": {
    identify: idFrom("name"),
    outputs: () => ({ creationDate: "2026-01-01T00:00:00Z" }),
    replacement: asCloudFormation("AWS::EMR::SecurityConfiguration", {
      names: { configuration: "SecurityConfiguration" },
    }),
  },
};
