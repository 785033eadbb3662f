import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EMR_POLICY_TAG } from "../shared/emr";

export interface ClusterSecurityGroups {
  readonly primary: aws.ec2.SecurityGroup;
  /** Core and task nodes. */
  readonly nodes: aws.ec2.SecurityGroup;
  /** The EMR service's own network interfaces in a private subnet. */
  readonly service: aws.ec2.SecurityGroup;
  /**
   * Rules of the groups. EMR checks for its ports while it creates a cluster and fails without them, so the cluster
   * depends on every rule.
   */
  readonly rules: pulumi.Resource[];
}

/** Ports between the EMR service and the nodes (EMR, security groups for private subnets). */
const TO_NODES = 8443;
const TO_SERVICE = 9443;

/**
 * Creates the three groups that EMR manages in private subnets. Rules are separate resources: EMR adds rules to these
 * groups itself, and inline rules would show them as drift and remove them.
 */
export function createSecurityGroups(
  name: string,
  vpcId: pulumi.Input<string>,
  parent: pulumi.Resource,
): ClusterSecurityGroups {
  const group = (role: string, description: string) =>
    new aws.ec2.SecurityGroup(
      `${name}-${role}`,
      // The groups reference each other in their rules, so none can be deleted while rules exist.
      { vpcId, description, revokeRulesOnDelete: true, tags: EMR_POLICY_TAG },
      { parent },
    );
  const primary = group("primary", "Primary nodes of the EMR cluster");
  const nodes = group("nodes", "Core and task nodes of the EMR cluster");
  const service = group("service", "EMR service access");

  const opts = { parent };
  const port = (number: number) => ({ ipProtocol: "tcp", fromPort: number, toPort: number });
  const rules: pulumi.Resource[] = [];
  const ingress = (ruleName: string, args: aws.vpc.SecurityGroupIngressRuleArgs) =>
    rules.push(new aws.vpc.SecurityGroupIngressRule(`${name}-${ruleName}`, args, opts));
  const egress = (ruleName: string, args: aws.vpc.SecurityGroupEgressRuleArgs) =>
    rules.push(new aws.vpc.SecurityGroupEgressRule(`${name}-${ruleName}`, args, opts));
  const members = { primary, nodes };
  for (const [to, toGroup] of Object.entries(members)) {
    for (const [from, fromGroup] of Object.entries(members)) {
      ingress(`${to}-from-${from}`, {
        securityGroupId: toGroup.id,
        referencedSecurityGroupId: fromGroup.id,
        description: "Traffic inside the cluster",
        ipProtocol: "-1",
      });
    }
    ingress(`${to}-from-service`, {
      securityGroupId: toGroup.id,
      referencedSecurityGroupId: service.id,
      description: "EMR service to nodes",
      ...port(TO_NODES),
    });
    egress(`${to}-out`, {
      securityGroupId: toGroup.id,
      cidrIpv4: "0.0.0.0/0",
      description: "AWS services, package repositories and the cluster itself",
      ipProtocol: "-1",
    });
    egress(`service-to-${to}`, {
      securityGroupId: service.id,
      referencedSecurityGroupId: toGroup.id,
      description: "EMR service to nodes",
      ...port(TO_NODES),
    });
  }
  ingress("service-from-primary", {
    securityGroupId: service.id,
    referencedSecurityGroupId: primary.id,
    description: "Primary nodes to EMR service",
    ...port(TO_SERVICE),
  });
  return { primary, nodes, service, rules };
}
