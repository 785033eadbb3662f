import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement, serviceTrust } from "../shared/iam";
import type { DeploymentTarget } from "../shared/target";
import type { ClusterConfig } from "./config";
import { diskKeyStatements } from "./diskKey";

export interface ClusterRoles {
  /** The EMR service role. */
  readonly service: aws.iam.Role;
  /** The instance role of the nodes, and so of the jobs. Other components grant permissions to it. */
  readonly instance: aws.iam.Role;
  readonly profile: aws.iam.InstanceProfile;
  /** Policies that the cluster needs to start: it depends on them. */
  readonly policies: pulumi.Resource[];
}

export interface ClusterRolesArgs {
  readonly target: DeploymentTarget;
  /** Key of the nodes' EBS volumes. */
  readonly diskKey?: aws.kms.Key;
  /** CloudWatch namespace the streaming job publishes to. */
  readonly metricsNamespace?: string;
  /** Location of the certificates for in-transit encryption. */
  readonly transitCertificates?: ClusterConfig["transitCertificates"];
  /** ARN of the key the nodes encrypt their logs with, if it is not the one of the bucket they go to. */
  readonly logEncryptionKeyArn?: pulumi.Input<string>;
}

/** Service role and instance role of the cluster. */
export function createRoles(
  name: string,
  args: ClusterRolesArgs,
  parent: pulumi.Resource,
): ClusterRoles {
  const { target, diskKey } = args;
  const opts = { parent };
  const managed = (path: string) =>
    pulumi.interpolate`arn:${target.partition}:iam::aws:policy/${path}`;
  const service = new aws.iam.Role(
    `${name}-service`,
    {
      description: "What the EMR service does in this account",
      assumeRolePolicy: serviceTrust("elasticmapreduce.amazonaws.com", target.accountId),
    },
    opts,
  );
  const instance = new aws.iam.Role(
    `${name}-instance`,
    {
      description: "What the nodes of the cluster, and the jobs on it, may do",
      assumeRolePolicy: serviceTrust("ec2.amazonaws.com"),
    },
    opts,
  );
  const policies = [
    new aws.iam.RolePolicyAttachment(
      `${name}-service-emr`,
      { role: service.name, policyArn: managed("service-role/AmazonEMRServicePolicy_v2") },
      opts,
    ),
    new aws.iam.RolePolicy(
      `${name}-service-extra`,
      {
        role: service.name,
        policy: policyDocument([
          {
            // The managed policy allows iam:PassRole only for EMR's default role names.
            Sid: "PassInstanceRole",
            Action: "iam:PassRole",
            Resource: instance.arn,
            Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
          },
          ...diskKeyStatements(diskKey, "launcher"),
        ]),
      },
      opts,
    ),
    // Shells through Session Manager: no SSH key, no open port, every session recorded.
    new aws.iam.RolePolicyAttachment(
      `${name}-instance-sessions`,
      { role: instance.name, policyArn: managed("AmazonSSMManagedInstanceCore") },
      opts,
    ),
  ];
  const own = [
    ...metricsStatements(args.metricsNamespace),
    ...diskKeyStatements(diskKey, "nodes"),
    ...certificateStatements(target, args.transitCertificates),
    ...logKeyStatements(args.logEncryptionKeyArn),
  ];
  if (own.length > 0) {
    policies.push(
      new aws.iam.RolePolicy(
        `${name}-instance-own`,
        { role: instance.name, policy: policyDocument(own) },
        opts,
      ),
    );
  }
  const profile = new aws.iam.InstanceProfile(`${name}-instance`, { role: instance.name }, opts);
  return { service, instance, profile, policies };
}

function metricsStatements(namespace: string | undefined): PolicyStatement[] {
  return namespace === undefined
    ? []
    : [
        {
          // PutMetricData has no resource-level permissions; a condition on the namespace limits it.
          Sid: "PublishJobMetrics",
          Action: "cloudwatch:PutMetricData",
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": namespace } },
        },
      ];
}

/** The nodes fetch the certificates themselves, when they start (EMR, encrypting data in transit). */
function certificateStatements(
  target: DeploymentTarget,
  certificates: ClusterConfig["transitCertificates"],
): PolicyStatement[] {
  if (certificates === undefined) {
    return [];
  }
  const path = certificates.uri.slice("s3://".length);
  return [
    {
      Sid: "ReadTransitCertificates",
      Action: "s3:GetObject",
      Resource: pulumi.interpolate`arn:${target.partition}:s3:::${path}`,
    },
    ...(certificates.keyArn === undefined
      ? []
      : [
          {
            Sid: "DecryptTransitCertificates",
            Action: "kms:Decrypt",
            Resource: certificates.keyArn,
          },
        ]),
  ];
}

/** The nodes upload their logs themselves, encrypted (EMR management guide, cluster logging, log encryption). */
function logKeyStatements(keyArn: pulumi.Input<string> | undefined): PolicyStatement[] {
  return keyArn === undefined
    ? []
    : [{ Sid: "EncryptLogs", Action: "kms:GenerateDataKey", Resource: keyArn }];
}
