import {
  DescribeClusterCommand,
  EMRClient,
  type InstanceFleet,
  type InstanceFleetConfig,
  type InstanceRoleType,
  ListInstanceFleetsCommand,
  ListStepsCommand,
  ModifyClusterCommand,
  RunJobFlowCommand,
  SetTerminationProtectionCommand,
  TerminateJobFlowsCommand,
} from "@aws-sdk/client-emr";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing, isMissing } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";
import { upperCamelKeys } from "./upperCamel";

/** Errors of EMR for an unknown cluster id. */
export const MISSING_CLUSTER = ["InvalidRequestException", "ClusterNotFound"];

/** A client of the local EMR service. */
export function emrClient({ location }: HandlerContext): EMRClient {
  return new EMRClient(connectionTo("EMR", location.region));
}

/** A fleet in EMR's terms; none if the input is absent. */
export function fleet(role: InstanceRoleType, value: unknown): InstanceFleetConfig[] {
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

function applications(value: unknown): { Name: string }[] {
  return Array.isArray(value) ? value.map((name) => ({ Name: text(name) })) : [];
}

/** EMR clusters in the local EMR service. */
export const clusterHandlers: HandlerTable = {
  "aws:emr/cluster:Cluster": {
    async create(inputs, context) {
      const fleets = [
        ...fleet("MASTER", inputs.masterInstanceFleet),
        ...fleet("CORE", inputs.coreInstanceFleet),
      ];
      const attributes = (inputs.ec2Attributes as Properties | undefined) ?? {};
      const started = await emrClient(context).send(
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
            InstanceFleets: fleets,
            // The provider's default; that of the API is false.
            KeepJobFlowAliveWhenNoSteps: inputs.keepJobFlowAliveWhenNoSteps !== false,
            TerminationProtected: inputs.terminationProtection === true,
          },
        }),
      );
      return { id: started.JobFlowId, outputs: { arn: started.ClusterArn } };
    },
    async update(id, olds, news, context) {
      const emr = emrClient(context);
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
        emrClient(context).send(new TerminateJobFlowsCommand({ JobFlowIds: [id] })),
        ...MISSING_CLUSTER,
      ),
    async exists(id, _properties, context) {
      try {
        const { Cluster } = await emrClient(context).send(
          new DescribeClusterCommand({ ClusterId: id }),
        );
        return !text(Cluster?.Status?.State).startsWith("TERMINAT");
      } catch (error) {
        if (isMissing(error, ...MISSING_CLUSTER)) {
          return false;
        }
        throw error;
      }
    },
    // The provider reads what EMR changes by itself, and all steps, whoever submitted them.
    async observe(id, properties, context) {
      const emr = emrClient(context);
      const { InstanceFleets } = await emr.send(new ListInstanceFleetsCommand({ ClusterId: id }));
      const live = (kind: string, property: string): Properties => {
        const found = InstanceFleets?.find(({ InstanceFleetType }) => InstanceFleetType === kind);
        const declared = properties[property] as Properties | undefined;
        return found === undefined || declared === undefined
          ? {}
          : { [property]: { ...declared, ...targetsOf(found) } };
      };
      const { Steps } = await emr.send(new ListStepsCommand({ ClusterId: id }));
      return {
        ...live("MASTER", "masterInstanceFleet"),
        ...live("CORE", "coreInstanceFleet"),
        steps: (Steps ?? []).map((step) => ({
          name: step.Name,
          actionOnFailure: step.ActionOnFailure,
          hadoopJarStep: { jar: step.Config?.Jar, args: step.Config?.Args },
        })),
      };
    },
  },
};

/** The target capacities of a fleet, in the provider's terms. */
export function targetsOf(fleetNow: InstanceFleet): Properties {
  return {
    targetOnDemandCapacity: fleetNow.TargetOnDemandCapacity ?? 0,
    targetSpotCapacity: fleetNow.TargetSpotCapacity ?? 0,
  };
}
