import handlers from "./handlers.json";
import type { PermissionRow } from "./permissionRow";
import { reviewedActions } from "./review";
import { PERMISSIONS } from "./table";

/** CloudFormation's actions for a row, before the review. */
export function documentedActions({ cloudFormation }: PermissionRow): readonly string[] {
  return cloudFormation === undefined
    ? []
    : (handlers as Readonly<Record<string, readonly string[]>>)[cloudFormation];
}

/**
 * What types take together, sorted, each action once.
 *
 * @throws Error that names the types without a row
 */
export function actionsOf(types: Iterable<string>): string[] {
  const all = [...types];
  const unknown = all.filter((type) => PERMISSIONS[type] === undefined);
  if (unknown.length > 0) {
    throw new Error(
      `No permissions are known for ${unknown.join(", ")}: add a row to bootstrap/permissions and review it.`,
    );
  }
  return [
    ...new Set(
      all.flatMap((type) =>
        reviewedActions(PERMISSIONS[type], documentedActions(PERMISSIONS[type])),
      ),
    ),
  ].sort();
}
