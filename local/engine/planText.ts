/** Prints a plan: a tree of resources by parent, then the counts. Pure. */
import { resourceTypes } from "../provider/resourceTable";
import { wasLookedUp } from "../provider/resourceType";
import type { Plan, PlannedResource } from "./plan";

const SYMBOLS: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  delete: "-",
  replace: "±",
  same: " ",
  read: ">",
};

const COUNTED: Readonly<Record<string, string>> = {
  create: "to create",
  update: "to update",
  delete: "to delete",
  replace: "to replace",
  same: "unchanged",
};

/** The plan as lines of text. */
export function planText(plan: Plan): string {
  const children = childrenByParent(plan.resources);
  const lines = branch(children, "", 0);
  const typeWidth = Math.max(0, ...lines.map(({ label }) => label.length));
  const rows = lines.map(({ label, resource }) =>
    [SYMBOLS[resource.operation] ?? "?", label.padEnd(typeWidth), resource.name, describe(resource)]
      .join("  ")
      .trimEnd(),
  );
  return [...rows, "", countsText(plan)].join("\n");
}

/** For example `64 to create, 2 unchanged`. */
export function countsText(plan: Plan): string {
  const counts = Object.entries(plan.counts).filter(([, count]) => count > 0);
  return counts
    .map(([operation, count]) => `${count} ${COUNTED[operation] ?? operation}`)
    .join(", ");
}

/** Whether somebody has read which inputs replace a resource of this type. */
export function replacementKnown(type: string): boolean {
  const replacement = resourceTypes[type]?.replacement;
  return !type.startsWith("aws:") || (replacement !== undefined && wasLookedUp(replacement));
}

function describe({ operation, changed, replacedBy, type }: PlannedResource): string {
  if (replacedBy.length > 0) {
    return `[replaced by ${replacedBy.join(", ")}]`;
  }
  if (operation !== "update" || changed.length === 0) {
    return "";
  }
  const doubt = replacementKnown(type) ? "" : "; whether AWS replaces it was not looked up";
  return `[${changed.join(", ")}${doubt}]`;
}

interface Line {
  readonly label: string;
  readonly resource: PlannedResource;
}

function branch(children: Map<string, PlannedResource[]>, parent: string, depth: number): Line[] {
  // The engine registers in whatever order promises resolve; two plans must compare line by line.
  const siblings = [...(children.get(parent) ?? [])].sort(byTypeAndName);
  return siblings.flatMap((resource) => [
    { label: `${"  ".repeat(depth)}${shortType(resource.type)}`, resource },
    ...branch(children, resource.urn, depth + 1),
  ]);
}

function byTypeAndName(left: PlannedResource, right: PlannedResource): number {
  const key = ({ type, name }: PlannedResource): string => `${type} ${name}`;
  return key(left) < key(right) ? -1 : 1;
}

/** Resources under their parent; one whose parent is not in the plan stands at the top. */
function childrenByParent(resources: readonly PlannedResource[]): Map<string, PlannedResource[]> {
  const known = new Set(resources.map(({ urn }) => urn));
  const children = new Map<string, PlannedResource[]>();
  for (const resource of resources.filter(({ type }) => !type.startsWith("pulumi:providers:"))) {
    const parent = known.has(resource.parent) ? resource.parent : "";
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  return children;
}

/** `aws:s3/bucket:Bucket` as `aws:s3:Bucket`. */
function shortType(type: string): string {
  return type.replace(/\/[^:]+/, "");
}
