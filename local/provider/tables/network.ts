import {
  terraform,
  terraformUnread,
  documented,
  arn,
  digest,
  hexadecimalId,
  replacedOn,
  type ResourceTable,
  type ResourceType,
} from "../resourceType";
import { text } from "../wire";

function securityGroupRule(file: string): ResourceType {
  return {
    identify: () => hexadecimalId("sgr"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `security-group-rule/${id}`),
      securityGroupRuleId: id,
    }),
    replacement: replacedOn(terraformUnread(`ec2/${file}`), "securityGroupId"),
  };
}

/** VPC, subnets, gateways, security groups, endpoints. */
export const networkTypes: ResourceTable = {
  "aws:ec2/vpc:Vpc": {
    identify: () => hexadecimalId("vpc"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `vpc/${id}`),
      defaultNetworkAclId: hexadecimalId("acl"),
      defaultRouteTableId: hexadecimalId("rtb"),
      defaultSecurityGroupId: hexadecimalId("sg"),
      mainRouteTableId: hexadecimalId("rtb"),
      ownerId: place.accountId,
    }),
    replacement: replacedOn(
      terraform("ec2/vpc_.go"),
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
    ),
  },
  "aws:ec2/subnet:Subnet": {
    identify: () => hexadecimalId("subnet"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `subnet/${id}`),
      ownerId: place.accountId,
    }),
    replacement: replacedOn(
      terraform("ec2/vpc_subnet.go"),
      "vpcId",
      "cidrBlock",
      "availabilityZone",
      "availabilityZoneId",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6NetmaskLength",
      "ipv6Native",
      "outpostArn",
    ),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    identify: () => hexadecimalId("igw"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `internet-gateway/${id}`),
      ownerId: place.accountId,
    }),
    replacement: replacedOn(terraformUnread("ec2/vpc_internet_gateway.go")),
  },
  "aws:ec2/eip:Eip": {
    identify: () => hexadecimalId("eipalloc"),
    outputs: (_inputs, id, place) => ({
      allocationId: id,
      arn: arn(place, "ec2", `elastic-ip/${id}`),
      domain: "vpc",
      publicIp: "203.0.113.10",
    }),
    replacement: replacedOn(
      terraformUnread("ec2/ec2_eip.go"),
      "address",
      "customerOwnedIpv4Pool",
      "domain",
      "networkBorderGroup",
      "publicIpv4Pool",
    ),
  },
  "aws:ec2/natGateway:NatGateway": {
    identify: () => hexadecimalId("nat"),
    outputs: () => ({
      networkInterfaceId: hexadecimalId("eni"),
      privateIp: "10.0.0.10",
      publicIp: "203.0.113.10",
    }),
    replacement: replacedOn(
      terraform("ec2/vpc_nat_gateway.go"),
      "allocationId",
      "connectivityType",
      "privateIp",
      "secondaryPrivateIpAddressCount",
      "subnetId",
    ),
  },
  "aws:ec2/routeTable:RouteTable": {
    identify: () => hexadecimalId("rtb"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `route-table/${id}`),
      ownerId: place.accountId,
    }),
    replacement: replacedOn(terraformUnread("ec2/vpc_route_table.go"), "vpcId"),
  },
  "aws:ec2/route:Route": {
    identify: (inputs) =>
      `r-${text(inputs.routeTableId)}${digest(text(inputs.destinationCidrBlock), 10)}`,
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
    replacement: replacedOn(
      terraformUnread("ec2/vpc_route.go"),
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    identify: () => hexadecimalId("rtbassoc"),
    replacement: replacedOn(
      terraformUnread("ec2/vpc_route_table_association.go"),
      "subnetId",
      "gatewayId",
    ),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    identify: () => hexadecimalId("vpce"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `vpc-endpoint/${id}`),
      ownerId: place.accountId,
      state: "available",
    }),
    replacement: replacedOn(
      terraform("ec2/vpc_endpoint.go"),
      "dnsOptions.privateDnsPreference",
      "dnsOptions.privateDnsSpecifiedDomains",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
      "resourceConfigurationArn",
    ),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    identify: () => hexadecimalId("sg"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ec2", `security-group/${id}`),
      ownerId: place.accountId,
    }),
    replacement: replacedOn(
      documented("@pulumi/aws ec2/securityGroup.d.ts"),
      "name",
      "namePrefix",
      "description",
      "vpcId",
    ),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(
    "vpc_security_group_ingress_rule.go",
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(
    "vpc_security_group_ingress_rule.go",
  ),
};
