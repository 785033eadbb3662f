import actionsWithoutResource from "../actions-without-resource.json";
import { parsed, type PlannedResource, type Rule } from "../rule";
import { allowsEverybody, asList, type PolicyStatement, policyStatements } from "../statements";

/** In a key's own policy the resource `*` is the key. */
const KEY = "aws:kms/key:Key";

/** Permissions name what they are for. */
export const noWildcard: Rule = {
  name: "no-wildcard",
  description:
    "No permission by a pattern of actions, for everything, or for everybody; actions that IAM knows no resource for are listed.",
  scope: "resource",
  check(resource) {
    return documents(resource).flatMap((text) =>
      policyStatements(text)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) => broad(statement, resource.type === KEY)),
    );
  },
};

/** Inputs that hold an IAM document, whatever their name. */
function documents({ inputs }: PlannedResource): string[] {
  return Object.keys(inputs)
    .map((name) => inputs[name])
    .filter(
      (value): value is string =>
        typeof value === "string" && value.includes('"Statement"') && parsed(value) !== undefined,
    );
}

function broad(statement: PolicyStatement, ofKey: boolean): string[] {
  const place = `in the statement ${statement.Sid ?? "without an id"}`;
  const actions = asList(statement.Action);
  const everything = asList(statement.Resource).includes("*") && !ofKey;
  return [
    ...(statement.NotAction === undefined && statement.NotResource === undefined
      ? []
      : [`allows all but something ${place}: name what is meant`]),
    ...actions
      .filter((action) => /[*?]/.test(action))
      .map((action) => `allows ${action} ${place}: name the actions`),
    ...actions
      .filter((action) => everything && !(action in actionsWithoutResource))
      .map((action) => `allows ${action} on everything ${place}: name the resource`),
    ...(allowsEverybody(statement) ? [`allows everybody ${place}: name the principals`] : []),
  ];
}
