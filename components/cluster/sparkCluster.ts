import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import type { BucketAccess } from "../shared/bucketAccess";
import { EMR_POLICY_TAG } from "../shared/emr";
import { type Complete, completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import type { ClusterIdentity } from "./clusterLookup";
import { type ClusterConfig, clusterConfigSchema, type ClusterSettings } from "./config";
import { clusterConfigurations, securityConfiguration } from "./configurations";
import { createDiskKey, lendDiskKeyToSpot } from "./diskKey";
import { computeLimit, instanceTypeConfigs, onDemandFleet, spotSpecification } from "./fleets";
import { type ClusterRoles, createRoles } from "./roles";
import { createSecurityGroups } from "./securityGroups";

export interface SparkClusterArgs extends ClusterSettings {
  /** The existing cluster, as EMR reports it. */
  readonly identity: ClusterIdentity;
  readonly target: DeploymentTarget;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets; EMR picks the one with the most capacity. */
  readonly privateSubnetIds: pulumi.Input<string[]>;
  /** Bucket for the cluster's logs, under `logs/`. */
  readonly artifactBucket: BucketAccess;
  /** CloudWatch namespace the streaming job publishes to. */
  readonly metricsNamespace?: string;
}

type CompleteArgs = Complete<SparkClusterArgs, ClusterConfig>;

/** Seconds in a minute: EMR's idle timeout is in seconds. */
const MINUTE = 60;

/**
 * The EMR cluster that runs Spark: on-demand primary and core nodes, spot task nodes, managed scaling.
 * Jobs are not part of it, because a changed step would replace the cluster: see StreamingJob.
 */
export class SparkCluster extends pulumi.ComponentResource {
  public readonly clusterId: pulumi.Output<string>;
  /** Role of the jobs on the cluster; other components grant permissions to it. */
  public readonly instanceRole: aws.iam.Role;
  /** The underlying cluster resource. */
  public readonly cluster: aws.emr.Cluster;

  constructor(name: string, given: SparkClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "SparkCluster",
      name,
      clusterConfigSchema,
      given,
      "identity",
      "target",
      "vpcId",
      "privateSubnetIds",
      "artifactBucket",
      "metricsNamespace",
    );
    super("streaming-ml:cluster:SparkCluster", name, {}, opts);
    const diskKey = args.diskEncryption ? createDiskKey(name, this) : undefined;
    const roles = createRoles(
      name,
      {
        target: args.target,
        diskKey,
        metricsNamespace: args.metricsNamespace,
        transitCertificates: args.transitCertificates,
        logEncryptionKeyArn: args.logEncryptionKeyArn,
      },
      this,
    );
    const logs = args.artifactBucket.grantWrite(
      `${name}-logs`,
      roles.instance,
      ARTIFACT_PREFIXES.logs,
    );
    this.instanceRole = roles.instance;
    this.cluster = createCluster(name, args, roles, diskKey, [...roles.policies, logs], this);
    this.clusterId = this.cluster.id;
    createTaskFleet(name, args, this.cluster, diskKey, this);
    new aws.emr.ManagedScalingPolicy(
      `${name}-scaling`,
      { clusterId: this.clusterId, computeLimits: [computeLimit(args.scaling)] },
      {
        parent: this,
        // There is no update, and delete removes any policy of the cluster, also the one just created.
        deleteBeforeReplace: true,
        ignoreChanges: unchangeable(args.identity),
      },
    );
    this.registerOutputs({ clusterId: this.clusterId, instanceRole: this.instanceRole.name });
  }
}

/** EMR refuses every change of a terminated cluster. */
function unchangeable({ life }: ClusterIdentity): string[] {
  return life === "asleep" ? ["*"] : [];
}

function createCluster(
  name: string,
  args: CompleteArgs,
  roles: ClusterRoles,
  diskKey: aws.kms.Key | undefined,
  dependsOn: pulumi.Resource[],
  parent: pulumi.Resource,
): aws.emr.Cluster {
  const groups = createSecurityGroups(name, args.vpcId, parent);
  const security = new aws.emr.SecurityConfiguration(
    `${name}-security`,
    {
      configuration: pulumi.output(diskKey?.arn).apply((diskKeyArn) =>
        JSON.stringify(
          securityConfiguration({
            diskKeyArn,
            transitCertificates: args.transitCertificates?.uri,
          }),
        ),
      ),
    },
    { parent },
  );
  return new aws.emr.Cluster(
    name,
    {
      name: args.identity.name,
      releaseLabel: args.releaseLabel,
      applications: ["Hadoop", "Spark"],
      configurationsJson: JSON.stringify(clusterConfigurations()),
      securityConfiguration: security.name,
      serviceRole: roles.service.arn,
      ec2Attributes: {
        instanceProfile: roles.profile.arn,
        subnetIds: args.privateSubnetIds,
        emrManagedMasterSecurityGroup: groups.primary.id,
        emrManagedSlaveSecurityGroup: groups.nodes.id,
        serviceAccessSecurityGroup: groups.service.id,
      },
      masterInstanceFleet: onDemandFleet(args.primary, args.diskSizeGb),
      coreInstanceFleet: onDemandFleet(args.core, args.diskSizeGb),
      stepConcurrencyLevel: args.stepConcurrency,
      keepJobFlowAliveWhenNoSteps: true,
      terminationProtection: args.terminationProtection,
      unhealthyNodeReplacement: args.unhealthyNodeReplacement,
      scaleDownBehavior: "TERMINATE_AT_TASK_COMPLETION",
      ...(args.idleTerminationMinutes === undefined
        ? {}
        : { autoTerminationPolicy: { idleTimeout: args.idleTerminationMinutes * MINUTE } }),
      logUri: args.artifactBucket.uri(`${ARTIFACT_PREFIXES.logs}/`),
      // Without this EMR requests encryption with S3 managed keys (EMR API reference, RunJobFlow,
      // LogEncryptionKmsKeyId), which a bucket with a customer managed key refuses.
      logEncryptionKmsKeyId: args.logEncryptionKeyArn ?? args.artifactBucket.key?.arn,
      // A refresh would store every step that has ever run.
      listStepsStates: ["PENDING", "RUNNING"],
      tags: EMR_POLICY_TAG,
    },
    {
      parent,
      // Rules and the bucket's settings are no inputs of the cluster, so it must depend on them explicitly.
      dependsOn: [...dependsOn, ...groups.rules, ...args.artifactBucket.settings],
      // EMR refuses to terminate a protected cluster, but only after its replacement has taken over the job. Pulumi
      // refuses earlier, in the preview. A terminated cluster needs no protection.
      protect: args.terminationProtection && args.identity.life === "live",
      // EMR cannot change the instance types of a cluster's task fleet, or delete it and add another.
      replacementTrigger: args.task?.instanceTypes,
      // EMR changes these itself. Each would otherwise replace the cluster after a refresh.
      ignoreChanges: [
        "coreInstanceFleet.targetOnDemandCapacity",
        "coreInstanceFleet.targetSpotCapacity",
        "steps",
        ...unchangeable(args.identity),
      ],
    },
  );
}

function createTaskFleet(
  name: string,
  args: CompleteArgs,
  cluster: aws.emr.Cluster,
  diskKey: aws.kms.Key | undefined,
  parent: pulumi.Resource,
): void {
  if (args.task === undefined) {
    return;
  }
  const lent = diskKey === undefined ? [] : [lendDiskKeyToSpot(name, diskKey, args.target, parent)];
  new aws.emr.InstanceFleet(
    `${name}-task`,
    {
      clusterId: cluster.id,
      instanceTypeConfigs: instanceTypeConfigs(args.task.instanceTypes, args.diskSizeGb),
      // EMR accepts no empty fleet; managed scaling changes the target afterwards.
      targetSpotCapacity: 1,
      targetOnDemandCapacity: 0,
      launchSpecifications: spotSpecification(),
    },
    {
      parent,
      dependsOn: lent,
      deletedWith: cluster,
      ignoreChanges: [
        "targetOnDemandCapacity",
        "targetSpotCapacity",
        ...unchangeable(args.identity),
      ],
    },
  );
}
