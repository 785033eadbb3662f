/** Stand-in for awsx's component Vpc: the same child resources with the same names. */
import { Eip } from "@pulumi/aws/ec2/eip";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";

import { subnetLayout, type SubnetPlan, type SubnetSpec } from "./subnetLayout";

/** awsx's default if there are private and public subnets. */
const DEFAULT_NAT_STRATEGY = "OnePerAz";
/** Letters of the zones of every region; a program that needs others names them. */
const ZONES = ["a", "b", "c"] as const;
const DEFAULT_ZONE_COUNT = 3;
const ANYWHERE = "0.0.0.0/0";

type Tags = Record<string, pulumi.Input<string>>;

/** Those of awsx's arguments that this stand-in knows. */
interface VpcInputs {
  readonly cidrBlock?: string;
  readonly numberOfAvailabilityZones?: number;
  readonly availabilityZoneNames?: string[];
  readonly enableDnsHostnames?: pulumi.Input<boolean>;
  readonly enableDnsSupport?: pulumi.Input<boolean>;
  readonly natGateways?: { readonly strategy?: string };
  readonly subnetSpecs?: SubnetSpec[];
  readonly subnetStrategy?: string;
  readonly tags?: pulumi.Input<Tags>;
}

const KNOWN = new Set<string>([
  "cidrBlock",
  "numberOfAvailabilityZones",
  "availabilityZoneNames",
  "enableDnsHostnames",
  "enableDnsSupport",
  "natGateways",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
] satisfies (keyof VpcInputs)[]);

interface PlacedSubnet extends SubnetPlan {
  readonly subnet: Subnet;
  readonly routeTable: RouteTable;
}

/** The component: outputs are those of awsx.ec2.Vpc. */
export class StandInVpc extends pulumi.ComponentResource {
  readonly state: pulumi.Inputs;

  constructor(
    private readonly label: string,
    inputs: pulumi.Inputs,
    region: string,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("awsx:ec2:Vpc", label, {}, opts);
    const args = validated(label, inputs);
    const zones =
      args.availabilityZoneNames ??
      ZONES.slice(0, args.numberOfAvailabilityZones ?? DEFAULT_ZONE_COUNT).map(
        (zone) => `${region}${zone}`,
      );
    const specs = args.subnetSpecs ?? [{ type: "Private" }, { type: "Public" }];
    const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";

    const vpc = new Vpc(
      label,
      {
        cidrBlock,
        enableDnsHostnames: args.enableDnsHostnames ?? false,
        enableDnsSupport: args.enableDnsSupport ?? true,
        tags: this.tags(args.tags, label),
      },
      { parent: this },
    );
    const gateway = new InternetGateway(
      label,
      { vpcId: vpc.id, tags: this.tags(args.tags, label) },
      { parent: vpc },
    );
    const placed = subnetLayout(cidrBlock, zones.length, specs)
      .filter(({ spec }) => spec.type !== "Unused")
      .map((plan) => this.placeSubnet(plan, vpc, zones[plan.zoneIndex], args));
    const of = (type: string): PlacedSubnet[] => placed.filter(({ spec }) => spec.type === type);
    const nats = this.createNatGateways(args, of("Public"), of("Private").length > 0);
    const associations = placed.map(
      ({ spec, zoneIndex, subnet, routeTable }) =>
        new RouteTableAssociation(
          this.childName(spec, zoneIndex),
          { subnetId: subnet.id, routeTableId: routeTable.id },
          { parent: routeTable },
        ),
    );
    const routes = this.createRoutes(of("Public"), of("Private"), gateway, nats.gateways);

    const ids = (type: string): pulumi.Output<string>[] => of(type).map(({ subnet }) => subnet.id);
    this.state = {
      vpc,
      vpcId: vpc.id,
      internetGateway: gateway,
      eips: nats.addresses,
      natGateways: nats.gateways,
      subnets: placed.map(({ subnet }) => subnet),
      publicSubnets: of("Public").map(({ subnet }) => subnet),
      privateSubnets: of("Private").map(({ subnet }) => subnet),
      isolatedSubnets: of("Isolated").map(({ subnet }) => subnet),
      publicSubnetIds: ids("Public"),
      privateSubnetIds: ids("Private"),
      isolatedSubnetIds: ids("Isolated"),
      routeTables: placed.map(({ routeTable }) => routeTable),
      routeTableAssociations: associations,
      routes,
      vpcEndpoints: [],
      subnetLayout: specs,
    };
    this.registerOutputs(this.state);
  }

  private placeSubnet(
    plan: SubnetPlan,
    vpc: Vpc,
    availabilityZone: string,
    args: VpcInputs,
  ): PlacedSubnet {
    const name = this.childName(plan.spec, plan.zoneIndex);
    const common = args.tags as Tags | undefined;
    const subnet = new Subnet(
      name,
      {
        vpcId: vpc.id,
        cidrBlock: plan.cidrBlock,
        availabilityZone,
        mapPublicIpOnLaunch: plan.spec.type === "Public",
        tags: {
          ...common,
          SubnetType: plan.spec.type,
          Name: name,
          ...(plan.spec.tags as Tags | undefined),
        },
      },
      { parent: vpc },
    );
    const routeTable = new RouteTable(
      name,
      { vpcId: vpc.id, tags: { ...common, SubnetType: plan.spec.type, Name: name } },
      { parent: subnet },
    );
    return { ...plan, subnet, routeTable };
  }

  private createNatGateways(
    args: VpcInputs,
    publicSubnets: PlacedSubnet[],
    needed: boolean,
  ): { addresses: Eip[]; gateways: NatGateway[] } {
    const strategy = args.natGateways?.strategy ?? (needed ? DEFAULT_NAT_STRATEGY : "None");
    const wanted = { None: 0, Single: 1, OnePerAz: publicSubnets.length }[strategy] ?? 0;
    const pairs = publicSubnets.slice(0, wanted).map(({ subnet }, index) => {
      const name = `${this.label}-${index + 1}`;
      const tags = this.tags(args.tags, name);
      const address = new Eip(name, { domain: "vpc", tags }, { parent: subnet });
      const gateway = new NatGateway(
        name,
        { subnetId: subnet.id, allocationId: address.allocationId, tags },
        { parent: subnet },
      );
      return { address, gateway };
    });
    return {
      addresses: pairs.map(({ address }) => address),
      gateways: pairs.map(({ gateway }) => gateway),
    };
  }

  private createRoutes(
    publicSubnets: PlacedSubnet[],
    privateSubnets: PlacedSubnet[],
    internet: InternetGateway,
    nats: NatGateway[],
  ): Route[] {
    const outward = publicSubnets.map(
      ({ spec, zoneIndex, routeTable }) =>
        new Route(
          this.childName(spec, zoneIndex),
          {
            routeTableId: routeTable.id,
            destinationCidrBlock: ANYWHERE,
            gatewayId: internet.id,
          },
          { parent: routeTable },
        ),
    );
    const translated = privateSubnets
      .filter(() => nats.length > 0)
      .map(
        ({ spec, zoneIndex, routeTable }) =>
          new Route(
            this.childName(spec, zoneIndex),
            {
              routeTableId: routeTable.id,
              destinationCidrBlock: ANYWHERE,
              natGatewayId: nats[Math.min(zoneIndex, nats.length - 1)].id,
            },
            { parent: routeTable },
          ),
      );
    return [...outward, ...translated];
  }

  private childName(spec: SubnetSpec, zoneIndex: number): string {
    return `${this.label}-${(spec.name ?? spec.type).toLowerCase()}-${zoneIndex + 1}`;
  }

  private tags(tags: pulumi.Input<Tags> | undefined, name: string): pulumi.Output<Tags> {
    return pulumi.output(tags).apply((given): Tags => ({ ...given, Name: name }));
  }
}

function validated(label: string, inputs: pulumi.Inputs): VpcInputs {
  const ignored = Object.keys(inputs).filter((key) => !KNOWN.has(key));
  if (ignored.length > 0) {
    throw new Error(
      `The offline provider does not know ${ignored.map((key) => `"${key}"`).join(", ")} of ` +
        `awsx:ec2:Vpc "${label}". Add it in local/provider/vpc, or leave it out.`,
    );
  }
  if (inputs.subnetStrategy !== "Auto") {
    throw new Error(
      `The offline provider lays out the subnets of awsx:ec2:Vpc "${label}" by the strategy ` +
        `"Auto" only. Received: ${JSON.stringify(inputs.subnetStrategy)}.`,
    );
  }
  return inputs;
}
