import type { CompiledContract, CompiledField } from "../../../../contracts/event/compiledContract";

/** A record before it is written: objects by name, everything else as the JSON text it will be. */
export interface Draft {
  readonly [name: string]: Draft | string;
}

/** Returns the record with a value at a path; undefined removes the value. */
export function place(draft: Draft, path: readonly string[], value?: Draft | string): Draft {
  const [name, ...rest] = path;
  const inner = draft[name];
  const changed =
    rest.length === 0 ? value : place(typeof inner === "object" ? inner : {}, rest, value);
  const others = Object.entries(draft).filter(([one]) => one !== name);
  return changed === undefined ? Object.fromEntries(others) : { ...draft, [name]: changed };
}

/** The record as JSON. */
export function write(draft: Draft): string {
  const members = Object.entries(draft).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${typeof value === "string" ? value : write(value)}`,
  );
  return `{${members.join(",")}}`;
}

/** A valid value of one field, or of one item, as JSON. */
export function sample(field: CompiledField): string {
  const one = sampleItem(field);
  const items = Math.max(field.minimumItems ?? 0, 1);
  return field.maximumItems === undefined ? one : `[${new Array(items).fill(one).join(",")}]`;
}

/** A valid scalar of the field's type, as JSON. */
export function sampleItem(field: CompiledField): string {
  switch (field.type) {
    case "string":
      return JSON.stringify(field.allowed?.[0] ?? "x".repeat(Math.max(field.minimumLength!, 1)));
    case "date-time":
      return '"2026-11-24T10:00:00Z"';
    case "boolean":
      return "true";
    default:
      return String(Math.max(field.minimum ?? 0, Math.min(field.maximum ?? 1, 1)));
  }
}

/** A valid record of a contract with all its fields. */
export function fullDraft({ fields }: CompiledContract): Draft {
  return fields.reduce<Draft>((draft, field) => place(draft, field.path, sample(field)), {});
}
