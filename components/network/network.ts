import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

import { EMR_POLICY_TAG } from "../shared/emr";
import { completeArgs } from "../shared/settings";
import { createClientGroup } from "./clientGroup";
import { type NetworkConfig, networkConfigSchema, type NetworkSettings } from "./config";
import { createVpcEndpoints } from "./endpoints";

const NAT_STRATEGY = {
  none: awsx.ec2.NatGatewayStrategy.None,
  single: awsx.ec2.NatGatewayStrategy.Single,
  perZone: awsx.ec2.NatGatewayStrategy.OnePerAz,
} as const;

export type NetworkArgs = NetworkSettings & {
  readonly region: string;
  /** Whether a training job has several instances in the VPC, which exchange encrypted gradients. @default false */
  readonly trainingWorkers?: boolean;
};

/**
 * The VPC of the cluster and, if configured, of SageMaker: a new or an existing one. Resources in it must depend on the
 * whole component, because routes, endpoints and rules are not inputs of them.
 */
export class Network extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** Private subnets, in the order of their availability zones. */
  public readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Security group for clients, such as SageMaker jobs in the VPC. */
  public readonly securityGroupId: pulumi.Output<string>;
  /** The new VPC, if this component created one. */
  public readonly vpc?: awsx.ec2.Vpc;

  constructor(name: string, given: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "Network",
      name,
      networkConfigSchema,
      given,
      "region",
      "trainingWorkers",
    );
    super("streaming-ml:network:Network", name, {}, opts);
    if (args.mode === "existing") {
      this.vpcId = pulumi.output(args.vpcId);
      this.privateSubnetIds = pulumi.output(args.privateSubnetIds);
    } else {
      this.vpc = createVpc(name, args, this);
      this.vpcId = this.vpc.vpcId;
      this.privateSubnetIds = this.vpc.privateSubnetIds;
      createVpcEndpoints(
        name,
        {
          region: args.region,
          vpcId: this.vpcId,
          cidrBlock: args.cidrBlock,
          privateSubnetIds: this.privateSubnetIds,
          routeTableIds: this.vpc.routeTables.apply((tables) =>
            pulumi.all(tables.map(({ id }) => id)),
          ),
          gateways: args.gatewayEndpoints,
          interfaces: args.interfaceEndpoints,
        },
        this,
      );
    }
    this.securityGroupId = createClientGroup(
      name,
      { vpcId: this.vpcId, trainingWorkers: args.trainingWorkers ?? false },
      this,
    ).id;
    this.registerOutputs({
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      securityGroupId: this.securityGroupId,
    });
  }
}

function createVpc(
  name: string,
  args: Extract<NetworkConfig, { mode: "create" }>,
  parent: pulumi.Resource,
): awsx.ec2.Vpc {
  return new awsx.ec2.Vpc(
    name,
    {
      cidrBlock: args.cidrBlock,
      numberOfAvailabilityZones: args.availabilityZones,
      // Private DNS of interface endpoints needs DNS host names.
      enableDnsHostnames: true,
      natGateways: { strategy: NAT_STRATEGY[args.natGateways] },
      subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Auto,
      subnetSpecs: [
        { type: awsx.ec2.SubnetType.Private, tags: EMR_POLICY_TAG },
        { type: awsx.ec2.SubnetType.Public },
      ],
    },
    { parent },
  );
}
