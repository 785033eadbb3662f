import * as pulumi from "@pulumi/pulumi";

import { replaces } from "../../local/provider/difference";
import { resourceType } from "../../local/provider/resourceTable";
import { planToCompare, type StackName, STACKS } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";

/**
 * What the resources of a stack are to the engine and to AWS: by URN, the inputs that nothing changes in place, by their
 * path. Secrets and files are left out. So are resources that stay when the program no longer has them.
 */
export type Identities = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Inputs of our own resources for which their providers ask for a replacement. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  "cluster:StreamingJobStep": [],
  "endpoint:EndpointDeployment": ["endpointName", "region", "accountId"],
  "training:TrainingRemains": ["region", "accountId", "pipelineName", "modelPackageGroupName"],
  "workload:DeployedContract": [],
};

/** Every stack as the program plans it, with ids and names that do not differ between two plans. */
export async function plannedIdentities(): Promise<Record<StackName, Identities>> {
  const found: Partial<Record<StackName, Identities>> = {};
  for (const stack of STACKS) {
    found[stack] = identities(stack, await planToCompare(stack));
  }
  return found as Record<StackName, Identities>;
}

/** Resources that an upgrade ends, each with the reason. */
export function endings(before: Identities, after: Identities): string[] {
  return Object.entries(before).flatMap(([urn, olds]) => {
    const news = after[urn];
    if (news === undefined) {
      return `${urn} is no longer in the program: give it an alias, or say in CHANGELOG.md that it is deleted`;
    }
    return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
      .filter((path) => olds[path] !== news[path])
      .map((path) => {
        const change = `changes from ${shown(olds[path])} to ${shown(news[path])}`;
        return `${urn} is replaced, because ${path} ${change}`;
      });
  });
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function identities(stack: string, plan: readonly Registered[]): Identities {
  const stays = ({ type, options }: Registered) =>
    type !== "pulumi:pulumi:Stack" && !options.retainOnDelete;
  return Object.fromEntries(
    plan
      .filter(stays)
      .map((resource): [string, Identities[string]] => [
        urnOf(stack, resource),
        unchangeable(resource),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The URN that the engine makes of a type, a name, and the types above it. */
function urnOf(stack: string, { type, name, options }: Registered): string {
  const above = options.parent.split("::")[2] ?? "";
  const parents = above === "" || above === "pulumi:pulumi:Stack" ? "" : `${above}$`;
  return `urn:pulumi:${stack}::streaming-ml::${parents}${type}::${name}`;
}

function unchangeable({ type, inputs, options }: Registered): Record<string, unknown> {
  const hidden = ["__provider", ...options.secrets];
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => !hidden.includes(name) && !options.ignoreChanges.includes(name))
      .flatMap(([name, value]) => leaves(name, value))
      .filter(([path]) => isUnchangeable(type, path)),
  );
}

/** The plain values in an input, by their paths. */
function leaves(path: string, value: unknown): [string, unknown][] {
  if (value === undefined || value === null || isContent(value)) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => leaves(`${path}[${index}]`, inner));
  }
  return typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => leaves(`${path}.${key}`, inner))
    : [[path, value]];
}

/** What an object holds is read from this machine, and its hash is in its name. */
function isContent(value: unknown): boolean {
  return pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
}

function isUnchangeable(type: string, path: string): boolean {
  const dynamic = /^pulumi-nodejs:dynamic\/(.*)$/.exec(type)?.[1];
  if (dynamic !== undefined) {
    return REPLACING[dynamic].includes(path);
  }
  return type.startsWith("aws:") && replaces(resourceType(type).replacement, path);
}
