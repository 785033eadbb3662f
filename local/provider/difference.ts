/** Which inputs changed, and which of those replace the resource. */
import { isCreateOnly } from "./cloudFormation";
import type { Difference, Replacement } from "./resourceType";
import { isArchive, isAsset, isObject, isSecret, type Properties } from "./wire";

/** One changed input. */
export interface Change {
  /** Pulumi property path, for example `productionVariants[0].instanceType`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** Compares two sets of inputs; properties that begin with `__` are the provider's own. */
export function changedInputs(olds: Properties, news: Properties): Change[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return keys
    .filter((key) => !key.startsWith("__"))
    .flatMap((key) => compare(key, olds[key], news[key]));
}

/** Whether a change of this input replaces the resource. */
export function replaces(replacement: Replacement, path: string): boolean {
  if (replacement.kind === "unknown") {
    return false;
  }
  const bare = path.replace(/\[\d+\]/g, "");
  if (replacement.kind === "cloudFormation") {
    const { type, names = {}, also = [], not = [] } = replacement;
    return (
      !amongDifferences(not, bare) &&
      (amongDifferences(also, bare) || isCreateOnly(type, bare, names))
    );
  }
  const listed = covers(replacement.paths, bare);
  return replacement.kind === "on" ? listed : !listed;
}

function amongDifferences(differences: readonly Difference[], path: string): boolean {
  return differences.some(({ paths }) => covers(paths, path));
}

/** Whether one of the paths is this path, or one above it. */
function covers(paths: readonly string[], path: string): boolean {
  return paths.some(
    (candidate) =>
      path === candidate || path.startsWith(`${candidate}.`) || path.startsWith(`${candidate}[`),
  );
}

/** The top-level property of a path. */
export function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

function compare(path: string, old: unknown, current: unknown): Change[] {
  const before = isSecret(old) ? old.value : old;
  const after = isSecret(current) ? current.value : current;
  if (isAbsent(before) || isAbsent(after)) {
    if (isAbsent(before) && isAbsent(after)) {
      return [];
    }
    return [{ path, kind: isAbsent(before) ? "add" : "delete" }];
  }
  if (isContent(before) && isContent(after) && before.hash !== undefined) {
    return before.hash === after.hash ? [] : [{ path, kind: "update" }];
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, index) =>
      compare(`${path}[${index}]`, before[index], after[index]),
    );
  }
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      compare(`${path}${step(key)}`, before[key], after[key]),
    );
  }
  return before === after ? [] : [{ path, kind: "update" }];
}

function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `["${key}"]`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isContent(value: unknown): value is Properties {
  return isAsset(value) || isArchive(value);
}
