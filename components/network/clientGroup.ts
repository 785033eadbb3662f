import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ClientGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Several instances of one training job send each other encrypted gradients. */
  readonly trainingWorkers: boolean;
}

/** What workers of one training job send each other. */
const AMONG_WORKERS: Readonly<Record<string, AmongWorkers>> = {
  // MultiWorkerMirroredStrategy takes ports of its own choice.
  peers: {
    description: "Workers of one training job",
    ipProtocol: "tcp",
    fromPort: 0,
    toPort: 65535,
  },
  // SageMaker encrypts the traffic between containers by IPsec (SageMaker developer guide, "Protect communications
  // between ML compute instances"): without key exchange and packets no worker reaches another, and the job hangs.
  "key-exchange": {
    description: "Exchange of the keys of workers' traffic",
    ipProtocol: "udp",
    fromPort: 500,
    toPort: 500,
  },
  // ESP is a protocol without ports; EC2 knows it by its number.
  "encrypted-peers": { description: "Encrypted traffic of workers", ipProtocol: "50" },
};

interface AmongWorkers {
  readonly description: string;
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** Security group of SageMaker's jobs and models in the VPC. */
export function createClientGroup(
  name: string,
  args: ClientGroupArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-clients`,
    {
      vpcId: args.vpcId,
      description: "Calls AWS services and its own kind; nothing else calls it",
    },
    { parent },
  );
  for (const [what, rule] of Object.entries(args.trainingWorkers ? AMONG_WORKERS : {})) {
    const within = {
      ...rule,
      securityGroupId: group.id,
      referencedSecurityGroupId: group.id,
    };
    new aws.vpc.SecurityGroupIngressRule(`${name}-clients-from-${what}`, within, { parent });
    new aws.vpc.SecurityGroupEgressRule(`${name}-clients-to-${what}`, within, { parent });
  }
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-clients-https`,
    {
      securityGroupId: group.id,
      description: "HTTPS to AWS services",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    { parent },
  );
  return group;
}
