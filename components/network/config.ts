import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { hasFields, orOutput } from "../shared/schema";

/**
 * Interface endpoints that a network without a NAT gateway needs: the job reads the stream and its key, the nodes call
 * EMR, write metrics and logs, and get their credentials.
 */
export const ENDPOINTS_WITHOUT_NAT = [
  "ec2",
  "elasticmapreduce",
  "kinesis-streams",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "sts",
] as const;

const awsId = (prefix: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `must look like ${prefix}-0123456789abcdef0`,
    );

const newNetworkSchema = z.strictObject({
  /** Create a VPC for this stack. */
  mode: z.literal("create"),
  /** CIDR block of the VPC, /16 to /24. A change replaces the network and everything in it. */
  cidrBlock: z
    .string()
    .regex(
      /^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2[0-4])$/,
      "must be a block of /16 to /24, for example 10.20.0.0/16",
    ),
  /** Availability zones with one public and one private subnet each, 2 to 4. */
  availabilityZones: z.int().min(2).max(4).default(2),
  /** NAT gateways: `none` needs every endpoint the job uses, `single` is cheap, `perZone` survives a zone's loss. */
  natGateways: z.enum(["none", "single", "perZone"]),
  /** Gateway endpoints (free of charge): traffic to these services bypasses the NAT gateways. */
  gatewayEndpoints: z.array(z.enum(["s3", "dynamodb"])).default(["s3"]),
  /** Interface endpoints by the last part of their service name, for example `kinesis-streams`. */
  interfaceEndpoints: z
    .array(
      z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be a service name such as "kinesis-streams"'),
    )
    .default([]),
});

const existingNetworkSchema = z.strictObject({
  /** Use a VPC that is managed elsewhere. Its subnets need the tag that EMR's managed policy requires. */
  mode: z.literal("existing"),
  /** Id of that VPC, or an output of the resource that creates it. */
  vpcId: orOutput(awsId("vpc")),
  /** Ids of private subnets, one or more; EMR picks one of them for a cluster. */
  privateSubnetIds: orOutput(z.array(awsId("subnet")).min(1)),
});

/** Settings under `streaming-ml:network`. */
export const networkConfigSchema = z
  .discriminatedUnion("mode", [newNetworkSchema, existingNetworkSchema])
  .refine((config) => missingWithoutNat(config).length === 0, {
    when: hasFields,
    path: ["natGateways"],
    error: (issue) =>
      '"none" leaves the private subnets without a way to the services the job uses: add the endpoints ' +
      `${missingWithoutNat(issue.input).join(", ")}, or use "single" or "perZone"`,
  });

/** Settings in a stack file: plain values only. */
export type NetworkConfig = pulumi.Unwrap<z.infer<typeof networkConfigSchema>>;
/** The settings as the user writes them: defaults may be left out. */
export type NetworkSettings = z.input<typeof networkConfigSchema>;

/** Required endpoints that are missing from a new network without a NAT gateway. */
function missingWithoutNat(input: unknown): string[] {
  const config = (input ?? {}) as Partial<z.infer<typeof newNetworkSchema>>;
  if (config.mode !== "create" || config.natGateways !== "none") {
    return [];
  }
  const interfaces = config.interfaceEndpoints ?? [];
  const missing = ENDPOINTS_WITHOUT_NAT.filter((name) => !interfaces.includes(name));
  return (config.gatewayEndpoints ?? []).includes("s3") ? missing : ["s3", ...missing];
}
