import type { PolicyStatement } from "../../components/shared/iam";
import { type RoleScope, stackArns, type StackPlace } from "./arns";
import authorization from "./authorization.json";
import { conditionOf } from "./conditions";

const KINDS = authorization as Readonly<Record<string, readonly string[]>>;

/**
 * Statements that allow actions on a stack's resources: actions of the same resources together, each action on the kinds
 * of resources that IAM checks it against, and on `*` where IAM knows no resource for it.
 *
 * @param actions of bootstrap/permissions
 * @throws Error for an action whose kinds are none of the stack's
 */
export function stackStatements(
  actions: readonly string[],
  place: StackPlace,
  roles: RoleScope = "stack",
): PolicyStatement[] {
  const arns = stackArns(place, roles);
  const groups = new Map<
    string,
    { actions: string[]; statement: Omit<PolicyStatement, "Action"> }
  >();
  for (const action of actions) {
    const condition = conditionOf(action, place, roles);
    const resources = resourcesOf(action, arns);
    const statement = {
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition as PolicyStatement["Condition"] }),
    };
    const key = `${serviceOf(action)} ${JSON.stringify(statement)}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { actions: [action], statement });
    } else {
      group.actions.push(action);
    }
  }
  return [...groups.values()].map(({ actions: together, statement }) => ({
    Action: together,
    ...statement,
  }));
}

export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

function resourcesOf(action: string, arns: Readonly<Record<string, readonly string[]>>): string[] {
  const kinds = KINDS[action];
  if (kinds === undefined) {
    throw new Error(
      `The kinds of resources that IAM checks ${action} against are not known: run node -r tsx/cjs tools/permissions/main.ts.`,
    );
  }
  return kinds.length === 0 ? ["*"] : [...new Set(kinds.flatMap((kind) => arns[kind]))].sort();
}
