/** Which permissions a handler needs by CloudFormation's schemas, which the installed cfn-lint contains, and IAM's own tables. */
import { readFileSync } from "node:fs";

import type { PermissionRow } from "../../bootstrap/permissions/permissionRow";
import { inPythonPackage } from "../paths";

const SCHEMAS = "cfnlint/data/schemas";
const REGION = "us-east-1";
const AUTHORIZATION = "cfnlint/data/AdditionalSpecs/Policies.json";

interface Schema {
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

/** The handlers that touch one resource; `list` touches others. */
const HANDLERS = ["create", "read", "update", "delete"] as const;

/**
 * Actions by type of CloudFormation, sorted, each once.
 *
 * @throws Error when CloudFormation has no such type
 */
export function handlerActions(rows: Iterable<PermissionRow>): Record<string, string[]> {
  const files = read(`${SCHEMAS}/providers/${REGION}.json`) as Record<string, string>;
  const types = [...rows].flatMap(({ cloudFormation }) => cloudFormation ?? []);
  return Object.fromEntries(
    [...new Set(types)].sort().map((type) => {
      if (files[type] === undefined) {
        throw new Error(
          `CloudFormation has no type "${type}": correct it in bootstrap/permissions.`,
        );
      }
      const { handlers = {} } = read(`${SCHEMAS}/resources/${files[type]}.json`) as Schema;
      const actions = HANDLERS.flatMap((name) => handlers[name]?.permissions ?? []);
      return [type, [...new Set(actions)].sort()];
    }),
  );
}

type Authorization = Readonly<
  Record<
    string,
    { readonly Actions: Readonly<Record<string, { readonly Resources?: readonly string[] }>> }
  >
>;

/**
 * Kinds of resources that IAM holds each action to, as `service:kind`; none where it knows no resource.
 *
 * @param kinds those that are of interest
 * @throws Error that lists the actions IAM does not know, or holds to other kinds only
 */
export function resourceKinds(
  actions: Iterable<string>,
  kinds: readonly string[],
): Record<string, string[]> {
  const services = read(AUTHORIZATION) as Authorization;
  const unknown: string[] = [];
  const homeless: string[] = [];
  const rows = [...new Set(actions)].sort().map((action): [string, string[]] => {
    const [service = "", name = ""] = action.split(":");
    const known = services[service]?.Actions[name.toLowerCase()];
    if (known === undefined) {
      unknown.push(action);
    }
    const held = (known?.Resources ?? []).map((kind) => `${service}:${kind}`);
    const own = held.filter((kind) => kinds.includes(kind)).sort();
    if (held.length > 0 && own.length === 0) {
      homeless.push(`${action} (${held.join(", ")})`);
    }
    return [action, own];
  });
  if (unknown.length > 0) {
    throw new Error(
      `IAM knows no action ${unknown.join(", ")}: correct it in bootstrap/permissions.`,
    );
  }
  if (homeless.length > 0) {
    throw new Error(
      `No ARN is known for what IAM holds these to: ${homeless.join("; ")}. Add it to bootstrap/permissions/arns.ts.`,
    );
  }
  return Object.fromEntries(rows);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(inPythonPackage(file), "utf8"));
}
