import { at, parsed, type PlannedResource, type Rule } from "../rule";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

/** Nothing but the API is reachable from outside, and the API asks every caller who it is. */
export const privateOnly: Rule = {
  name: "private",
  description: "No open port, no machine with a public address, no operation without a credential.",
  scope: "resource",
  check(resource) {
    const { type, inputs } = resource;
    switch (type) {
      case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
        return [inputs.cidrIpv4, inputs.cidrIpv6]
          .filter((cidr) => EVERYWHERE.includes(cidr as string))
          .map((cidr) => `lets ${String(cidr)} in: name a security group or the VPC's own range`);
      case "aws:ec2/securityGroup:SecurityGroup":
        return inputs.ingress === undefined && inputs.egress === undefined
          ? []
          : ["has rules inside it, which no rule here sees: use SecurityGroupIngressRule"];
      case "aws:ec2/subnet:Subnet":
        return publicClusterSubnet(resource);
      case "aws:emr/cluster:Cluster":
        return [
          ...(at(inputs.ec2Attributes, "keyName") === undefined
            ? []
            : ["can be entered by SSH: leave keyName out and use Session Manager"]),
          ...(at(inputs.ec2Attributes, "serviceAccessSecurityGroup") === undefined
            ? ["has no serviceAccessSecurityGroup, which only public subnets do without"]
            : []),
        ];
      case "aws:apigateway/restApi:RestApi":
        return openOperations(inputs.body);
      default:
        return [];
    }
  },
};

/** EMR may use what carries its tag. */
function publicClusterSubnet({ inputs }: PlannedResource): string[] {
  const tagged = at(inputs.tags, "for-use-with-amazon-emr-managed-policies") === "true";
  return tagged && inputs.mapPublicIpOnLaunch === true
    ? ["gives the cluster's nodes public addresses: let EMR use private subnets only"]
    : [];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];

function openOperations(body: unknown): string[] {
  const paths = (at(parsed(body), "paths") ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item && !isPreflight(method, item[method]))
      .filter((method) => ((at(item[method], "security") ?? []) as unknown[]).length === 0)
      .map((method) => `answers ${method.toUpperCase()} ${path} without a key or a signature`),
  );
}

/** Browsers send no credential with a preflight. It may have an answer, but nothing may be asked for it. */
function isPreflight(method: string, operation: unknown): boolean {
  return method === "options" && at(operation, "x-amazon-apigateway-integration.type") === "mock";
}
