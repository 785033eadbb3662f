import type { PolicyStatement } from "./iam";

/** Rights to pull images from the given ECR repositories. */
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
    // The token is the account's own; the action knows no resources.
    { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** Rights a SageMaker job or model needs to place its network interfaces in a VPC. */
export function networkInterfaceStatements(inputs: {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}): PolicyStatement[] {
  const ec2 = `arn:${inputs.partition}:ec2:${inputs.region}:${inputs.accountId}`;
  return [
    {
      Sid: "PlaceNetworkInterfaces",
      Action: [
        "ec2:CreateNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
      ],
      Resource: ["network-interface", "security-group", "subnet"].map((kind) => `${ec2}:${kind}/*`),
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
      // EC2's describe actions know no resources.
      Resource: "*",
    },
  ];
}
