import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ClientGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Whether a training job has several instances, which exchange encrypted gradients. */
  readonly trainingWorkers: boolean;
}

/** Traffic between the workers of one training job. */
const AMONG_WORKERS: Readonly<Record<string, AmongWorkers>> = {
  // MultiWorkerMirroredStrategy chooses its ports itself.
  peers: {
    description: "Workers of one training job",
    ipProtocol: "tcp",
    fromPort: 0,
    toPort: 65535,
  },
  // SageMaker encrypts the traffic between containers with IPsec (SageMaker developer guide, "Protect communications
  // between ML compute instances"): without IKE and ESP the workers cannot connect, and the job hangs.
  "key-exchange": {
    description: "Exchange of the keys of workers' traffic",
    ipProtocol: "udp",
    fromPort: 500,
    toPort: 500,
  },
  // ESP has no ports; EC2 identifies it by its protocol number.
  "encrypted-peers": { description: "Encrypted traffic of workers", ipProtocol: "50" },
};

interface AmongWorkers {
  readonly description: string;
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** Security group of SageMaker jobs and models in the VPC. */
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
