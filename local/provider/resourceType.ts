/** What the stand-in knows about a resource type. */
import { createHash, randomBytes, randomUUID } from "node:crypto";

import { type Properties, text } from "./wire";

/** Partition, region and account: what the ARN of a resource is built from. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Source of what a row says about replacement. */
export interface Source {
  readonly text: string;
  /** Whether it was read there. A preview marks what was not. */
  readonly read: boolean;
}

/**
 * Which changed inputs make AWS replace the resource, and the source of that.
 *
 * `paths` are without array indexes: `ec2Attributes.subnetIds` covers every element. A path covers
 * everything below it.
 */
export type Replacement =
  | { readonly kind: "on"; readonly paths: readonly string[]; readonly source: Source }
  | { readonly kind: "allBut"; readonly paths: readonly string[]; readonly source: Source }
  | ({ readonly kind: "cloudFormation"; readonly type: string } & Differences)
  | { readonly kind: "unknown" };

/** Input paths that the provider treats in another way than CloudFormation, and why. */
export interface Difference {
  readonly reason: string;
  readonly paths: readonly string[];
}

/** What is to be known beside CloudFormation's schema of a type. */
export interface Differences {
  /** CloudFormation's names of inputs that differ from Pulumi's in more than case. */
  readonly names?: Readonly<Record<string, string>>;
  /** Inputs that replace the resource, although CloudFormation says otherwise or does not know them. */
  readonly also?: readonly Difference[];
  /** Inputs that change in place, although CloudFormation replaces, or that lie below one in `also`. */
  readonly not?: readonly Difference[];
}

/** One row of the table. */
export interface ResourceType {
  /** The id, built from the inputs where AWS does so. */
  readonly identify: (inputs: Properties, location: AwsLocation) => string;
  /** Outputs that AWS computes. They do not override what the program has set. */
  readonly outputs?: (inputs: Properties, id: string, location: AwsLocation) => Properties;
  /** Computed outputs that follow from the inputs and so change with an update. */
  readonly refreshedOutputs?: readonly string[];
  readonly replacement: Replacement;
  /** Whether the old resource is deleted first, because both cannot exist at once. @default false */
  readonly deleteBeforeReplace?: boolean;
}

/** Rows by Pulumi type token. */
export type ResourceTable = Readonly<Record<string, ResourceType>>;

/**
 * Changes of what CloudFormation calls create-only replace the resource.
 *
 * The provider's own schema has this as `willReplaceOnChanges`, but neither the npm package nor the wheel contains it.
 * CloudFormation's schemas are AWS's own statement of what a service can change.
 */
export function asCloudFormation(type: string, differences: Differences = {}): Replacement {
  return { kind: "cloudFormation", type, ...differences };
}

/** A difference to CloudFormation, with its reason. */
export function because(reason: string, ...paths: string[]): Difference {
  return { reason, paths };
}

/** Changes of these inputs replace the resource. */
export function replacedOn(source: Source, ...paths: string[]): Replacement {
  return { kind: "on", paths, source };
}

/** Changes of any input but these replace the resource. */
export function replacedOnAllBut(source: Source, ...paths: string[]): Replacement {
  return { kind: "allBut", paths, source };
}

/** Not looked up: a preview says "update" and marks it. */
export const replacementUnknown: Replacement = { kind: "unknown" };

/** Whether what is said about replacement was read in its source. */
export function wasLookedUp(replacement: Replacement): boolean {
  switch (replacement.kind) {
    case "unknown":
      return false;
    case "cloudFormation":
      return true;
    default:
      return replacement.source.read;
  }
}

/** Read in the Terraform provider, which `@pulumi/aws` bridges: `ForceNew` or `RequiresReplace`. */
export function terraform(file: string): Source {
  return { text: `hashicorp/terraform-provider-aws internal/service/${file}`, read: true };
}

/** Expected in the Terraform provider, by its conventions; the file was not read. */
export function terraformUnread(file: string): Source {
  return { ...terraform(file), read: false };
}

/** Read elsewhere: documentation of the SDK, or the service's own API. */
export function documented(text: string): Source {
  return { text, read: true };
}

/** An ARN with region and account. */
export function arn(location: AwsLocation, service: string, resource: string): string {
  return `arn:${location.partition}:${service}:${location.region}:${location.accountId}:${resource}`;
}

/** An ARN of a global service, without a region. */
export function globalArn(location: AwsLocation, service: string, resource: string): string {
  return `arn:${location.partition}:${service}::${location.accountId}:${resource}`;
}

/** An EC2-like id: `<prefix>-0` and 16 hexadecimal digits. */
export function hexadecimalId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** An id of the given length, of lower-case letters and digits. */
export function alphanumericId(length: number): string {
  return BigInt(`0x${randomBytes(length).toString("hex")}`)
    .toString(36)
    .padStart(length, "0")
    .slice(-length);
}

/** A random UUID. */
export function uuid(): string {
  return randomUUID();
}

/** The id is the value of one input. */
export function idFrom(property: string): ResourceType["identify"] {
  return (inputs) => text(inputs[property]);
}

/** The id joins several inputs. */
export function idJoined(separator: string, ...properties: string[]): ResourceType["identify"] {
  return (inputs) => properties.map((property) => text(inputs[property])).join(separator);
}

/** The first digits of the SHA-256 of a text: ids that follow from the inputs. */
export function digest(value: string, length: number): string {
  return createHash("sha256").update(value).digest("hex").slice(0, length);
}
