import type { CompiledContract, CompiledField } from "../../contracts/event/compiledContract";
import type { Event } from "../../contracts/producer";

/** What a made-up text begins with: whoever meets it in the lake knows where it comes from. */
const WORD = "verify";

/**
 * Events that a contract takes and that say nothing: required fields only, each with its own identity, none with a label.
 *
 * @param run tells these events from those of every other run, milliseconds since 1970
 */
export function knownEvents(contract: CompiledContract, count: number, run: number): Event[] {
  return Array.from({ length: count }, (_, index) => knownEvent(contract, run, index));
}

function knownEvent(contract: CompiledContract, run: number, index: number): Event {
  const event: Record<string, unknown> = {};
  for (const { path } of contract.objects.filter(({ required }) => required)) {
    placed(event, path, {});
  }
  for (const field of contract.fields) {
    if (field.required && isReachable(contract, field)) {
      placed(event, field.path, valueOf(field, contract.identity.includes(field.name), run, index));
    }
  }
  return event;
}

/** Whether every object around a field is required. */
function isReachable({ objects }: CompiledContract, { path }: CompiledField): boolean {
  return objects
    .filter((object) => object.path.every((name, depth) => path[depth] === name))
    .every(({ required }) => required);
}

function placed(event: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const inner = path
    .slice(0, -1)
    .reduce((object, name) => (object[name] ??= {}) as Record<string, unknown>, event);
  inner[path[path.length - 1]] = value;
}

function valueOf(field: CompiledField, isIdentity: boolean, run: number, index: number): unknown {
  const value = scalarOf(field, isIdentity, run, index);
  return field.maximumItems === undefined
    ? value
    : Array.from({ length: field.minimumItems ?? 0 }, () => value);
}

function scalarOf(field: CompiledField, isIdentity: boolean, run: number, index: number): unknown {
  switch (field.type) {
    case "boolean":
      return false;
    case "date-time":
      // A moment apart, so that moments tell events apart, too.
      return new Date(run + index).toISOString();
    case "integer":
      return within(field, isIdentity ? distinct(field, run, index) : 0);
    case "number":
      return within(field, 0);
    case "string":
      return field.allowed?.[0] ?? textOf(field, isIdentity ? `${index}-${run}-${WORD}` : WORD);
  }
}

/** A number that grows with run and index, within the field's bounds. */
function distinct(
  { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: CompiledField,
  run: number,
  index: number,
): number {
  const first = Math.max(minimum, 0);
  const room = maximum - first + 1;
  return first + ((run + index) % room);
}

function within({ minimum = -Infinity, maximum = Infinity }: CompiledField, value: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}

/** A text as long as the field wants; what is cut is the end, which tells no events apart. */
function textOf(
  { minimumLength = 0, maximumLength = Infinity }: CompiledField,
  text: string,
): string {
  return text
    .padEnd(minimumLength, "x")
    .slice(0, Math.min(maximumLength, Math.max(text.length, minimumLength)));
}
