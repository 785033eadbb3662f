"""ARNs of networks. Service Authorization Reference: Amazon EC2, Route 53."""

from __future__ import annotations

from tests.python.aws_models.deployment.templates import Arns, regional


def _ec2(kind: str, field: str = "{id}") -> tuple[str, tuple[str, ...]]:
    return f"ec2:{kind}", (regional("ec2", f"{kind}/{field}"),)


_IN_VPC = _ec2("vpc", "{vpcId}")
_IN_GROUP = dict([_ec2("security-group-rule"), _ec2("security-group", "{securityGroupId}")])

NETWORK: Arns = {
    "awsx:ec2:Vpc": {},
    "aws:ec2/eip:Eip": dict([_ec2("elastic-ip")]),
    "aws:ec2/internetGateway:InternetGateway": dict([_ec2("internet-gateway"), _IN_VPC]),
    "aws:ec2/natGateway:NatGateway": dict(
        [
            _ec2("natgateway"),
            _ec2("subnet", "{subnetId}"),
            _ec2("elastic-ip", "{allocationId}"),
        ]
    ),
    "aws:ec2/route:Route": dict([_ec2("route-table", "{routeTableId}")]),
    "aws:ec2/routeTable:RouteTable": dict([_ec2("route-table"), _IN_VPC]),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": dict(
        [_ec2("route-table", "{routeTableId}"), _ec2("subnet", "{subnetId}")]
    ),
    "aws:ec2/securityGroup:SecurityGroup": dict([_ec2("security-group"), _IN_VPC]),
    "aws:ec2/subnet:Subnet": dict([_ec2("subnet"), _IN_VPC]),
    "aws:ec2/vpc:Vpc": dict([_ec2("vpc")]),
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        **dict(
            [
                _ec2("vpc-endpoint"),
                _IN_VPC,
                _ec2("subnet", "{subnetIds}"),
                _ec2("route-table", "{routeTableIds}"),
                _ec2("security-group", "{securityGroupIds}"),
            ]
        ),
        # The zone of a private name is AWS's own; its id is known to nobody before.
        "route53:hostedzone": ("arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",),
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _IN_GROUP,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _IN_GROUP,
}
