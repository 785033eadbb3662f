import { expect } from "chai";

import { ENDPOINTS_WITHOUT_NAT } from "../../components/network/config";
import { Network, type NetworkArgs } from "../../components/network/network";
import { find, mockStack, namesOf, type Registered, settled, valueOf } from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const NEW: NetworkArgs = {
  region: "eu-west-1",
  mode: "create",
  cidrBlock: "10.1.0.0/16",
  availabilityZones: 3,
  natGateways: "perZone",
  gatewayEndpoints: ["s3"],
  interfaceEndpoints: ["kinesis-streams"],
};

describe("Network", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("makes a VPC with host names on, three NAT gateways and subnets EMR may use", async () => {
    const network = new Network("network", NEW);
    expect(await valueOf(network.vpcId)).to.equal("vpc-mock");
    expect(await valueOf(network.privateSubnetIds)).to.deep.equal(["subnet-a", "subnet-b"]);
    expect(find(registered, "awsx:ec2:Vpc", "network").inputs).to.deep.equal({
      cidrBlock: "10.1.0.0/16",
      numberOfAvailabilityZones: 3,
      enableDnsHostnames: true,
      natGateways: { strategy: "OnePerAz" },
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Private", tags: { "for-use-with-amazon-emr-managed-policies": "true" } },
        { type: "Public" },
      ],
    });
    expect(await valueOf(network.vpc!.urn)).to.contain("streaming-ml:network:Network$awsx:ec2:Vpc");
  });

  for (const [natGateways, strategy] of [
    ["none", "None"],
    ["single", "Single"],
  ] as const) {
    it(`translates NAT "${natGateways}"`, async () => {
      const interfaceEndpoints = [...ENDPOINTS_WITHOUT_NAT];
      const network = new Network("network", { ...NEW, natGateways, interfaceEndpoints });
      await valueOf(network.vpcId);
      const { inputs } = find(registered, "awsx:ec2:Vpc", "network");
      expect(inputs.natGateways).to.deep.equal({ strategy });
    });
  }

  it("puts gateway endpoints into every route table and interface endpoints behind HTTPS from the VPC", async () => {
    const network = new Network("network", NEW);
    await valueOf(network.securityGroupId);
    await settled();
    expect(find(registered, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3").inputs).to.deep.equal({
      vpcId: "vpc-mock",
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-a", "rtb-b"],
    });
    expect(
      find(registered, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-kinesis-streams").inputs,
    ).to.deep.equal({
      vpcId: "vpc-mock",
      serviceName: "com.amazonaws.eu-west-1.kinesis-streams",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["network-endpoints-id"],
    });
    expect(
      find(
        registered,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "network-endpoints-https",
      ).inputs,
    ).to.include({ cidrIpv4: "10.1.0.0/16", fromPort: 443, toPort: 443, ipProtocol: "tcp" });
  });

  it("makes no group for interface endpoints when there are none", async () => {
    new Network("network", { ...NEW, interfaceEndpoints: [] });
    await settled();
    expect(namesOf(registered, "aws:ec2/securityGroup:SecurityGroup")).to.deep.equal([
      "network-clients",
    ]);
    expect(namesOf(registered, "aws:ec2/vpcEndpoint:VpcEndpoint")).to.deep.equal(["network-s3"]);
  });

  it("takes an existing VPC as it is and adds only the group of its own callers", async () => {
    const network = new Network("network", {
      region: "eu-west-1",
      mode: "existing",
      vpcId: "vpc-12345678",
      privateSubnetIds: ["subnet-12345678"],
    });
    expect(await valueOf(network.vpcId)).to.equal("vpc-12345678");
    expect(await valueOf(network.privateSubnetIds)).to.deep.equal(["subnet-12345678"]);
    expect(network.vpc).to.equal(undefined);
    await settled();
    expect(namesOf(registered, "awsx:ec2:Vpc")).to.deep.equal([]);
    expect(namesOf(registered, "aws:ec2/securityGroup:SecurityGroup")).to.deep.equal([
      "network-clients",
    ]);
  });

  const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

  it("lets the callers out to HTTPS only", async () => {
    new Network("network", NEW);
    await settled();
    expect(namesOf(registered, EGRESS)).to.deep.equal(["network-clients-https"]);
    expect(namesOf(registered, INGRESS)).to.deep.equal(["network-endpoints-https"]);
  });

  it("lets workers of one training job exchange keys, encrypted packets and gradients, and nothing else in", async () => {
    new Network("network", { ...NEW, trainingWorkers: true });
    await settled();
    const group = "network-clients-id";
    const within = registered.filter(({ inputs }) => inputs.referencedSecurityGroupId === group);
    const shown = (type: string) =>
      within
        .filter((rule) => rule.type === type)
        .map(({ inputs: { securityGroupId, ipProtocol, fromPort, toPort } }) => [
          securityGroupId,
          ipProtocol,
          fromPort,
          toPort,
        ]);
    const expected = [
      [group, "tcp", 0, 65535],
      [group, "udp", 500, 500],
      [group, "50", undefined, undefined],
    ];
    expect(shown(INGRESS)).to.have.deep.members(expected);
    expect(shown(EGRESS)).to.have.deep.members(expected);
  });
});
