import { because, type PermissionTable, PROVIDER } from "./permissionRow";

const TAGS = because(PROVIDER, "ec2:CreateTags", "ec2:DeleteTags");

/** The stack's VPC. */
export const networkTypes: PermissionTable = {
  "aws:ec2/eip:Eip": {
    cloudFormation: "AWS::EC2::EIP",
    also: [because(PROVIDER, "ec2:DescribeAddressesAttribute")],
    not: [
      because(
        "addresses belong to NAT gateways and are never moved",
        "ec2:AcceptAddressTransfer",
        "ec2:AssociateAddress",
      ),
    ],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    cloudFormation: "AWS::EC2::InternetGateway",
    also: [
      because(
        "attached by the same resource",
        "ec2:AttachInternetGateway",
        "ec2:DetachInternetGateway",
      ),
    ],
  },
  "aws:ec2/natGateway:NatGateway": {
    cloudFormation: "AWS::EC2::NatGateway",
    not: [
      because(
        "each gateway is public and has one address",
        "ec2:AssignPrivateNatGatewayAddress",
        "ec2:AssociateNatGatewayAddress",
        "ec2:DisassociateNatGatewayAddress",
        "ec2:UnassignPrivateNatGatewayAddress",
      ),
    ],
  },
  "aws:ec2/route:Route": { cloudFormation: "AWS::EC2::Route" },
  "aws:ec2/routeTable:RouteTable": {
    cloudFormation: "AWS::EC2::RouteTable",
    also: [because(PROVIDER, "ec2:DisassociateRouteTable")],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    cloudFormation: "AWS::EC2::SubnetRouteTableAssociation",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    cloudFormation: "AWS::EC2::SecurityGroup",
    also: [
      because("it waits for interfaces that still use the group", "ec2:DescribeNetworkInterfaces"),
    ],
  },
  "aws:ec2/subnet:Subnet": {
    cloudFormation: "AWS::EC2::Subnet",
    also: [
      because("it waits for interfaces that still lie in it", "ec2:DescribeNetworkInterfaces"),
    ],
    not: [
      because(
        "no stack has addresses of IPv6",
        "ec2:AssociateSubnetCidrBlock",
        "ec2:DisassociateSubnetCidrBlock",
      ),
    ],
  },
  "aws:ec2/vpc:Vpc": {
    cloudFormation: "AWS::EC2::VPC",
    also: [because("it reads the main route table", "ec2:DescribeRouteTables")],
    not: [
      because("no stack asks for it", "ec2:CreateVpcEncryptionControl", "ec2:ModifyVpcTenancy"),
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    cloudFormation: "AWS::EC2::VPCEndpoint",
    also: [
      because(PROVIDER, "ec2:DescribePrefixLists", "ec2:DescribeVpcEndpointServices"),
      because("a private name is a change of a hosted zone", "route53:AssociateVPCWithHostedZone"),
    ],
    not: [because("no endpoint of VPC Lattice or of another region", "vpc-lattice:*", "vpce:*")],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    cloudFormation: "AWS::EC2::SecurityGroupEgress",
    also: [TAGS, because(PROVIDER, "ec2:ModifySecurityGroupRules")],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    cloudFormation: "AWS::EC2::SecurityGroupIngress",
    also: [TAGS, because(PROVIDER, "ec2:ModifySecurityGroupRules")],
  },
};
