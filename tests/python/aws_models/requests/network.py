"""EC2: VPC, subnets, routes, endpoints and security groups (terraform: ec2/vpc_*.go)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.python.aws_models.requests.inputs import (
    Inputs,
    Request,
    Resolver,
    known,
    request,
)


def _tagged(inputs: Inputs, resource_type: str) -> list[dict[str, object]] | None:
    tags = inputs.tag_list
    return [{"ResourceType": resource_type, "Tags": tags}] if tags else None


def _vpc(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("enableDnsHostnames", "enableDnsSupport")
    yield request(
        "ec2",
        "CreateVpc",
        CidrBlock=inputs["cidrBlock"],
        TagSpecifications=_tagged(inputs, "vpc"),
    )


def _subnet(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("mapPublicIpOnLaunch")
    yield request(
        "ec2",
        "CreateSubnet",
        VpcId=inputs["vpcId"],
        CidrBlock=inputs["cidrBlock"],
        AvailabilityZone=inputs["availabilityZone"],
        TagSpecifications=_tagged(inputs, "subnet"),
    )


def _internet_gateway(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2", "CreateInternetGateway", TagSpecifications=_tagged(inputs, "internet-gateway")
    )
    yield request(
        "ec2",
        "AttachInternetGateway",
        InternetGatewayId="igw-00000000000000000",
        VpcId=inputs["vpcId"],
    )


def _address(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "AllocateAddress",
        Domain=inputs["domain"],
        TagSpecifications=_tagged(inputs, "elastic-ip"),
    )


def _nat_gateway(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "CreateNatGateway",
        SubnetId=inputs["subnetId"],
        AllocationId=inputs["allocationId"],
        TagSpecifications=_tagged(inputs, "natgateway"),
    )


def _route_table(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "CreateRouteTable",
        VpcId=inputs["vpcId"],
        TagSpecifications=_tagged(inputs, "route-table"),
    )


def _association(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "AssociateRouteTable",
        RouteTableId=inputs["routeTableId"],
        SubnetId=inputs["subnetId"],
    )


def _route(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "CreateRoute",
        RouteTableId=inputs["routeTableId"],
        DestinationCidrBlock=inputs["destinationCidrBlock"],
        GatewayId=inputs["gatewayId"],
        NatGatewayId=inputs["natGatewayId"],
    )


def _vpc_endpoint(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "ec2",
        "CreateVpcEndpoint",
        VpcEndpointType=inputs["vpcEndpointType"],
        VpcId=inputs["vpcId"],
        ServiceName=inputs["serviceName"],
        PolicyDocument=inputs["policy"],
        RouteTableIds=inputs["routeTableIds"],
        SubnetIds=inputs["subnetIds"],
        SecurityGroupIds=inputs["securityGroupIds"],
        PrivateDnsEnabled=inputs["privateDnsEnabled"],
        TagSpecifications=_tagged(inputs, "vpc-endpoint"),
    )


def _security_group(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("revokeRulesOnDelete")
    yield request(
        "ec2",
        "CreateSecurityGroup",
        GroupName=inputs["name"],
        Description=inputs["description"],
        VpcId=inputs["vpcId"],
        TagSpecifications=_tagged(inputs, "security-group"),
    )


def _rule(operation: str) -> Resolver:
    def resolve(inputs: Inputs) -> Iterator[Request]:
        description = inputs["description"]
        cidr = inputs["cidrIpv4"]
        group = inputs["referencedSecurityGroupId"]
        prefix_list = inputs["prefixListId"]
        permission = {
            "IpProtocol": inputs["ipProtocol"],
            "FromPort": inputs["fromPort"],
            "ToPort": inputs["toPort"],
            "IpRanges": cidr and [known({"CidrIp": cidr, "Description": description})],
            "UserIdGroupPairs": group and [known({"GroupId": group, "Description": description})],
            "PrefixListIds": prefix_list
            and [known({"PrefixListId": prefix_list, "Description": description})],
        }
        yield request(
            "ec2",
            operation,
            GroupId=inputs["securityGroupId"],
            IpPermissions=[known(permission)],
            TagSpecifications=_tagged(inputs, "security-group-rule"),
        )

    return resolve


resolvers: dict[str, Resolver] = {
    "aws:ec2/vpc:Vpc": _vpc,
    "aws:ec2/subnet:Subnet": _subnet,
    "aws:ec2/internetGateway:InternetGateway": _internet_gateway,
    "aws:ec2/eip:Eip": _address,
    "aws:ec2/natGateway:NatGateway": _nat_gateway,
    "aws:ec2/routeTable:RouteTable": _route_table,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _association,
    "aws:ec2/route:Route": _route,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _vpc_endpoint,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule(
        "AuthorizeSecurityGroupIngress"
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule(
        "AuthorizeSecurityGroupEgress"
    ),
}
