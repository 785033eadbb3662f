import {
  arn,
  asCloudFormation,
  because,
  digest,
  hexadecimalId,
  type ResourceTable,
  type ResourceType,
} from "../resourceType";
import { text } from "../wire";

function securityGroupRule(type: string): ResourceType {
  return {
    identify: () => hexadecimalId("sgr"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `security-group-rule/${id}`),
      securityGroupRuleId: id,
    }),
    replacement: asCloudFormation(type, {
      names: { securityGroupId: "GroupId" },
      not: [
        because(
          "ModifySecurityGroupRules changes a rule in place",
          "cidrIpv6",
          "fromPort",
          "ipProtocol",
          "toPort",
        ),
      ],
    }),
  };
}

/** VPC, subnets, gateways, security groups, endpoints. */
export const networkTypes: ResourceTable = {
  "aws:ec2/vpc:Vpc": {
    identify: () => hexadecimalId("vpc"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `vpc/${id}`),
      defaultNetworkAclId: hexadecimalId("acl"),
      defaultRouteTableId: hexadecimalId("rtb"),
      defaultSecurityGroupId: hexadecimalId("sg"),
      mainRouteTableId: hexadecimalId("rtb"),
      ownerId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::EC2::VPC"),
  },
  "aws:ec2/subnet:Subnet": {
    identify: () => hexadecimalId("subnet"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `subnet/${id}`),
      ownerId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::EC2::Subnet"),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    identify: () => hexadecimalId("igw"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `internet-gateway/${id}`),
      ownerId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::EC2::InternetGateway"),
  },
  "aws:ec2/eip:Eip": {
    identify: () => hexadecimalId("eipalloc"),
    outputs: (_inputs, id, location) => ({
      allocationId: id,
      arn: arn(location, "ec2", `elastic-ip/${id}`),
      domain: "vpc",
      publicIp: "203.0.113.10",
    }),
    replacement: asCloudFormation("AWS::EC2::EIP", {
      also: [
        because(
          "only AllocateAddress takes it",
          "domain",
          "publicIpv4Pool",
          "customerOwnedIpv4Pool",
        ),
      ],
    }),
  },
  "aws:ec2/natGateway:NatGateway": {
    identify: () => hexadecimalId("nat"),
    outputs: () => ({
      networkInterfaceId: hexadecimalId("eni"),
      privateIp: "10.0.0.10",
      publicIp: "203.0.113.10",
    }),
    replacement: asCloudFormation("AWS::EC2::NatGateway", {
      names: { privateIp: "PrivateIpAddress" },
      also: [
        because(
          "the provider makes a new gateway (ec2/vpc_nat_gateway.go)",
          "secondaryPrivateIpAddressCount",
        ),
      ],
    }),
  },
  "aws:ec2/routeTable:RouteTable": {
    identify: () => hexadecimalId("rtb"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `route-table/${id}`),
      ownerId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::EC2::RouteTable"),
  },
  "aws:ec2/route:Route": {
    identify: (inputs) =>
      `r-${text(inputs.routeTableId)}${digest(text(inputs.destinationCidrBlock), 10)}`,
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
    replacement: asCloudFormation("AWS::EC2::Route"),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    identify: () => hexadecimalId("rtbassoc"),
    replacement: asCloudFormation("AWS::EC2::SubnetRouteTableAssociation", {
      also: [because("CloudFormation has another type for gateways", "gatewayId")],
      not: [because("ReplaceRouteTableAssociation moves it in place", "routeTableId")],
    }),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    identify: () => hexadecimalId("vpce"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `vpc-endpoint/${id}`),
      ownerId: location.accountId,
      state: "available",
    }),
    replacement: asCloudFormation("AWS::EC2::VPCEndpoint"),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    identify: () => hexadecimalId("sg"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "ec2", `security-group/${id}`),
      ownerId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::EC2::SecurityGroup", {
      names: { name: "GroupName", namePrefix: "GroupName", description: "GroupDescription" },
    }),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(
    "AWS::EC2::SecurityGroupIngress",
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(
    "AWS::EC2::SecurityGroupEgress",
  ),
};
