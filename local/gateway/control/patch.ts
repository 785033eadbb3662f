import { z } from "zod";

import { badRequest } from "./errors";

const patchSchema = z.object({
  patchOperations: z
    .array(
      z.object({
        op: z.enum(["add", "remove", "replace"]),
        path: z.string(),
        value: z.string().optional(),
      }),
    )
    .default([]),
});

type Operation = "add" | "remove" | "replace";

/** What to do for one path; `names` are the groups of the pattern, with `~1` and `~0` decoded. */
export interface PatchRule {
  readonly path: RegExp;
  readonly ops: readonly Operation[];
  readonly apply: (value: string, op: Operation, names: string[]) => void;
}

/**
 * Applies a PATCH body.
 *
 * @throws ControlError for an operation that no rule covers, as AWS does
 */
export function applyPatch(body: unknown, rules: readonly PatchRule[]): void {
  const parsed = patchSchema.safeParse(body);
  if (!parsed.success) {
    throw badRequest("Invalid patch operations specified");
  }
  for (const { op, path, value } of parsed.data.patchOperations) {
    const rule = rules.find((candidate) => candidate.path.test(path) && candidate.ops.includes(op));
    if (rule === undefined) {
      throw badRequest(`Invalid patch path '${path}' specified for op '${op}'.`);
    }
    const groups = rule.path.exec(path)?.slice(1) ?? [];
    const names = groups.map((group) => group.replaceAll("~1", "/").replaceAll("~0", "~"));
    rule.apply(value ?? "", op, names);
  }
}

/** @throws ControlError if the text is not a number */
export function numberOf(value: string, path: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || number < 0) {
    throw badRequest(`Invalid value '${value}' for ${path}: it must be a number of at least 0.`);
  }
  return number;
}
