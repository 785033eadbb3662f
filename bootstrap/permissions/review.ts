import type { PermissionRow, Reasoned } from "./permissionRow";

/** Whether an action is one of those that are named: `*` stands for any part of its name. */
export function isNamed({ actions }: Reasoned, action: string): boolean {
  return actions.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action));
}

/**
 * What a row takes: CloudFormation's actions without what is left out, and the provider's own. Sorted, each once.
 *
 * @param documented permissions of CloudFormation's handlers for the row's type
 */
export function reviewedActions(row: PermissionRow, documented: readonly string[]): string[] {
  const kept = documented.filter(
    (action) => !(row.not ?? []).some((left) => isNamed(left, action)),
  );
  return [...new Set([...kept, ...(row.also ?? []).flatMap(({ actions }) => actions)])].sort();
}

const READING = /^[a-z0-9-]+:(Describe|Get|List)|^apigateway:GET$/;

/** What begins like reading and is more: it opens what a secret or an object holds. */
const OPENING = new Set(["s3:GetObject", "secretsmanager:GetSecretValue"]);

/** Whether an action only looks, at no contents. */
export function isReading(action: string): boolean {
  return READING.test(action) && !OPENING.has(action);
}
