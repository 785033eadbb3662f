import type { CompiledField } from "./compiledContract";
import type { ContractChange } from "./contractChange";

/** Limits of a field: the direction in which they become looser, and the value without a limit. */
const LIMITS = [
  { name: "minimumLength", none: 0, looser: "lower" },
  { name: "maximumLength", none: Infinity, looser: "higher" },
  { name: "minimum", none: -Infinity, looser: "lower" },
  { name: "maximum", none: Infinity, looser: "higher" },
  { name: "minimumItems", none: 0, looser: "lower" },
  { name: "maximumItems", none: Infinity, looser: "higher" },
] as const;

/** Changes of the allowed values of a field whose type and uses are the same. */
export function limitChanges(before: CompiledField, after: CompiledField): ContractChange[] {
  const field = before.path.join(".");
  const limits = LIMITS.flatMap(({ name, none, looser }) => {
    const [old, now] = [before[name] ?? none, after[name] ?? none];
    if (old === now) {
      return [];
    }
    const isLooser = looser === "lower" ? now < old : now > old;
    return [change(field, isLooser, `${name} is ${shown(now)} instead of ${shown(old)}`)];
  });
  return [...limits, ...allowedChanges(field, before.allowed, after.allowed)];
}

function allowedChanges(
  field: string,
  before?: readonly string[],
  after?: readonly string[],
): ContractChange[] {
  if (before === undefined || after === undefined) {
    return before === after
      ? []
      : [
          change(
            field,
            after === undefined,
            after === undefined ? "may be any text" : `may only be ${after.join(", ")}`,
          ),
        ];
  }
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  const changes = [
    ...(added.length > 0 ? [change(field, true, `may be ${added.join(", ")}, too`)] : []),
    ...(removed.length > 0 ? [change(field, false, `may not be ${removed.join(", ")}`)] : []),
  ];
  return changes.length === 0 && before.join("\0") !== after.join("\0")
    ? [change(field, true, "the order of its values changes")]
    : changes;
}

function change(field: string, isLooser: boolean, what: string): ContractChange {
  return isLooser
    ? { kind: "inPlace", field, sentence: what }
    : {
        kind: "warning",
        field,
        sentence: `${what}: events with other values, which were accepted before, go to quarantine`,
      };
}

function shown(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : "none";
}
