import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface VpcEndpointsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly cidrBlock: string;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly routeTableIds: pulumi.Input<string[]>;
  /** Gateway endpoints by service, for example `s3`. */
  readonly gateways: readonly string[];
  /** Interface endpoints by service, for example `kinesis-streams`. */
  readonly interfaces: readonly string[];
}

/** VPC endpoints of AWS services, all children of `parent`. */
export function createVpcEndpoints(
  name: string,
  args: VpcEndpointsArgs,
  parent: pulumi.Resource,
): aws.ec2.VpcEndpoint[] {
  const gateways = args.gateways.map(
    (service) =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          serviceName: serviceName(args.region, service),
          vpcEndpointType: "Gateway",
          routeTableIds: args.routeTableIds,
        },
        { parent },
      ),
  );
  if (args.interfaces.length === 0) {
    return gateways;
  }
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    { vpcId: args.vpcId, description: "Interface endpoints of AWS services" },
    { parent },
  );
  const https = new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-https`,
    {
      securityGroupId: group.id,
      description: "HTTPS from inside the VPC",
      cidrIpv4: args.cidrBlock,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    { parent },
  );
  const interfaces = args.interfaces.map(
    (service) =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          serviceName: serviceName(args.region, service),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: args.privateSubnetIds,
          securityGroupIds: [group.id],
        },
        { parent, dependsOn: [https] },
      ),
  );
  return [...gateways, ...interfaces];
}

function serviceName(region: string, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
