import {
  DescribeClusterCommand,
  EMRClient,
  ModifyClusterCommand,
  RunJobFlowCommand,
  SetTerminationProtectionCommand,
  TerminateJobFlowsCommand,
  type InstanceFleetConfig,
  type InstanceGroupConfig,
  type InstanceRoleType,
} from "@aws-sdk/client-emr";
import { text, type Properties } from "../wire";
import { connectionTo, ignoreMissing, isMissing } from "./connection";
import type { EmulationContext, EmulationTable } from "./emulation";
import { upperCamelKeys } from "./upperCamel";

/** EMR answers an unknown cluster id with InvalidRequestException. */
const MISSING = ["InvalidRequestException", "ClusterNotFound"];

function client({ place }: EmulationContext): EMRClient {
  return new EMRClient(connectionTo("EMR", place.region));
}

function fleet(role: InstanceRoleType, value: unknown): InstanceFleetConfig[] {
  if (value === undefined) {
    return [];
  }
  const { targetOnDemandCapacity, targetSpotCapacity, instanceTypeConfigs, name } =
    value as Properties;
  const types = (instanceTypeConfigs as Properties[] | undefined) ?? [];
  return [
    {
      InstanceFleetType: role,
      Name: text(name) || undefined,
      TargetOnDemandCapacity: Number(targetOnDemandCapacity ?? 0),
      TargetSpotCapacity: Number(targetSpotCapacity ?? 0),
      InstanceTypeConfigs: types.map((type) => ({
        InstanceType: text(type.instanceType),
        WeightedCapacity: Number(type.weightedCapacity ?? 1),
      })),
    },
  ];
}

function group(role: InstanceRoleType, value: unknown): InstanceGroupConfig[] {
  if (value === undefined) {
    return [];
  }
  const { instanceType, instanceCount } = value as Properties;
  return [
    {
      InstanceRole: role,
      InstanceType: text(instanceType),
      InstanceCount: Number(instanceCount ?? 1),
    },
  ];
}

function applications(value: unknown): { Name: string }[] {
  return Array.isArray(value) ? value.map((name) => ({ Name: text(name) })) : [];
}

/** EMR clusters in the local EMR service. */
export const clusterEmulation: EmulationTable = {
  "aws:emr/cluster:Cluster": {
    async create(inputs, context) {
      const fleets = [
        ...fleet("MASTER", inputs.masterInstanceFleet),
        ...fleet("CORE", inputs.coreInstanceFleet),
      ];
      const groups = [
        ...group("MASTER", inputs.masterInstanceGroup),
        ...group("CORE", inputs.coreInstanceGroup),
      ];
      const attributes = (inputs.ec2Attributes as Properties | undefined) ?? {};
      const started = await client(context).send(
        new RunJobFlowCommand({
          ...upperCamelKeys({ autoTerminationPolicy: inputs.autoTerminationPolicy }),
          Name: text(inputs.name),
          ReleaseLabel: text(inputs.releaseLabel),
          LogUri: text(inputs.logUri) || undefined,
          Applications: applications(inputs.applications),
          ServiceRole: text(inputs.serviceRole),
          JobFlowRole: text(attributes.instanceProfile) || undefined,
          StepConcurrencyLevel: Number(inputs.stepConcurrencyLevel ?? 1),
          Tags: Object.entries((inputs.tags as Record<string, string> | undefined) ?? {}).map(
            ([Key, Value]) => ({ Key, Value }),
          ),
          Instances: {
            ...(fleets.length > 0 ? { InstanceFleets: fleets } : { InstanceGroups: groups }),
            // The provider's default; the API's own is false.
            KeepJobFlowAliveWhenNoSteps: inputs.keepJobFlowAliveWhenNoSteps !== false,
            TerminationProtected: inputs.terminationProtection === true,
          },
        }),
      );
      return { id: started.JobFlowId, outputs: { arn: started.ClusterArn } };
    },
    async update(id, olds, news, context) {
      const emr = client(context);
      if (olds.terminationProtection !== news.terminationProtection) {
        await emr.send(
          new SetTerminationProtectionCommand({
            JobFlowIds: [id],
            TerminationProtected: news.terminationProtection === true,
          }),
        );
      }
      if (olds.stepConcurrencyLevel !== news.stepConcurrencyLevel) {
        await emr.send(
          new ModifyClusterCommand({
            ClusterId: id,
            StepConcurrencyLevel: Number(news.stepConcurrencyLevel ?? 1),
          }),
        );
      }
      return undefined;
    },
    delete: (id, _properties, context) =>
      ignoreMissing(
        client(context).send(new TerminateJobFlowsCommand({ JobFlowIds: [id] })),
        ...MISSING,
      ),
    async exists(id, _properties, context) {
      try {
        const { Cluster } = await client(context).send(
          new DescribeClusterCommand({ ClusterId: id }),
        );
        return !text(Cluster?.Status?.State).startsWith("TERMINAT");
      } catch (error) {
        if (isMissing(error, ...MISSING)) {
          return false;
        }
        throw error;
      }
    },
  },
};
