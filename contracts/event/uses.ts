import type { SchemaProblem } from "../schema/problem";
import type { CompiledField, CompiledObject, Use } from "./compiledContract";

/** The requirements of each use on its field, and the message about them. */
const RULES: Readonly<Record<Use, { fits: (field: CompiledField) => boolean; rule: string }>> = {
  identity: {
    fits: (field) => isScalar(field) && ["string", "integer", "date-time"].includes(field.type),
    rule: "identity needs a string, an integer or a date-time, and no array",
  },
  pseudonym: {
    fits: ({ type, allowed }) => (type === "string" && allowed === undefined) || type === "integer",
    rule: "pseudonym needs a string without enum, or an integer",
  },
  mask: {
    fits: ({ type, allowed }) => type === "string" && allowed === undefined,
    rule: "mask needs a string without enum: nothing else holds a phone number or an address",
  },
  "event-time": {
    fits: (field) => isScalar(field) && field.type === "date-time",
    rule: "event-time needs a string of the format date-time, and no array",
  },
  label: {
    fits: (field) =>
      isScalar(field) && (field.type === "boolean" || field.allowed?.every(hasNoColon) === true),
    rule: "label needs a boolean, or a string with an enum whose values have no colon, and no array",
  },
  slice: {
    fits: (field) => isScalar(field) && ["string", "boolean", "integer"].includes(field.type),
    rule: "slice needs a string, an integer or a boolean, and no array",
  },
};

/** Uses that cannot be combined. */
const CONTRADICTIONS: readonly (readonly [Use, Use, string])[] = [
  ["pseudonym", "mask", "a pseudonym has nothing to mask"],
  ["identity", "mask", "masking makes different events equal"],
  ["identity", "label", "feedback repeats the identity with another label"],
  ["label", "pseudonym", "a label is read by people and models"],
];

function isScalar({ maximumItems }: CompiledField): boolean {
  return maximumItems === undefined;
}

function hasNoColon(value: string): boolean {
  return !value.includes(":");
}

/** Problems with the uses of the fields. */
export function useProblems(
  fields: readonly CompiledField[],
  objects: readonly CompiledObject[],
): SchemaProblem[] {
  return [
    ...fields.flatMap(fieldProblems),
    ...fields.filter(({ uses }) => uses.includes("identity")).flatMap(requiredIdentity(objects)),
    ...countProblems(fields),
  ];
}

function fieldProblems(field: CompiledField): SchemaProblem[] {
  const path = `${field.path.join(".")}.x-use`;
  const misfits = field.uses
    .filter((use) => !RULES[use].fits(field))
    .map((use) => ({
      path,
      message: `does not fit: ${RULES[use].rule}. Change the type or remove the use`,
      received: use,
    }));
  const contradictions = CONTRADICTIONS.filter(
    ([one, other]) => field.uses.includes(one) && field.uses.includes(other),
  ).map(([one, other, why]) => ({
    path,
    message: `must not have both ${one} and ${other}, because ${why}: remove one of them`,
    received: field.uses,
  }));
  return [...misfits, ...contradictions];
}

function requiredIdentity(objects: readonly CompiledObject[]) {
  return (field: CompiledField): SchemaProblem[] => {
    const parents = objects.filter(({ path }) => path.every((name, at) => field.path[at] === name));
    return field.required && parents.every(({ required }) => required)
      ? []
      : [
          {
            path: field.path.join("."),
            message:
              "must be required, and every object around it, because it is an identity: without it, " +
              "different events would be equal",
          },
        ];
  };
}

function countProblems(fields: readonly CompiledField[]): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const having = (use: Use): string[] =>
    fields.filter(({ uses }) => uses.includes(use)).map(({ path }) => path.join("."));
  if (having("identity").length === 0) {
    problems.push({
      path: "",
      message:
        'must identify an event: give at least one field "x-use": "identity", or duplicates cannot be found',
    });
  }
  for (const use of ["event-time", "label"] as const) {
    const named = having(use);
    if (named.length > 1) {
      problems.push({
        path: "",
        message: `must have at most one field with the use ${use}: remove it from the others`,
        received: named,
      });
    }
  }
  return problems;
}
