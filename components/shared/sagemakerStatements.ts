import type { PolicyStatement } from "./iam";

/** Permissions to pull images from the given ECR repositories. */
export function imageStatements(repositoryArns: readonly string[]): PolicyStatement[] {
  return [
    {
      Sid: "PullImages",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      Resource: [...repositoryArns],
    },
    // GetAuthorizationToken has no resource-level permissions.
    { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** Where SageMaker places the network interfaces of a job or model. */
export interface VpcPlacement {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Permissions that a SageMaker job or model needs to place its network interfaces in a VPC. */
export function networkInterfaceStatements(
  inputs: { readonly partition: string; readonly region: string; readonly accountId: string },
  vpc: VpcPlacement,
): PolicyStatement[] {
  const ec2 = `arn:${inputs.partition}:ec2:${inputs.region}:${inputs.accountId}`;
  // The ARN of a new interface is not known, but those of its subnet and security groups are.
  const interfaces = `${ec2}:network-interface/*`;
  return [
    {
      Sid: "CreateNetworkInterfaces",
      Action: "ec2:CreateNetworkInterface",
      Resource: [
        interfaces,
        ...vpc.subnetIds.map((id) => `${ec2}:subnet/${id}`),
        ...vpc.securityGroupIds.map((id) => `${ec2}:security-group/${id}`),
      ],
    },
    {
      Sid: "LendAndDeleteNetworkInterfaces",
      Action: [
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
      ],
      Resource: interfaces,
    },
    {
      Sid: "DescribeNetwork",
      Action: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      // EC2's describe actions have no resource-level permissions.
      Resource: "*",
    },
  ];
}
