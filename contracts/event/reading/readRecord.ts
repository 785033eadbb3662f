import type { CompiledContract, CompiledField, CompiledObject } from "../compiledContract";
import { JsonObject, type JsonValue, parseJson } from "./jsonRecord";
import { holdsSeveralObjects, isCompressed } from "./packaging";
import type { Reason, Refusal } from "./refusal";
import { brokenRule, hasType, isUnicode } from "./valueRules";

/**
 * Checks records against a contract, with the same result as the streaming job; only the job has the clock that
 * `in_future` needs.
 *
 * @returns gives the first rule that a record breaks; undefined for an event
 */
export function recordReader(
  contract: CompiledContract,
): (data: Uint8Array) => Refusal | undefined {
  const members = membersInOrder(contract);
  return (data) => refusalOf(contract, members, data);
}

function refusalOf(
  contract: CompiledContract,
  members: readonly Member[],
  data: Uint8Array,
): Refusal | undefined {
  if (data.length > contract.maximumRecordBytes) {
    return whole("record_too_large");
  }
  const text = decode(data);
  if (text === undefined) {
    return whole(isCompressed(data) ? "compressed" : "not_utf8");
  }
  const record = parseJson(text);
  if (record === undefined) {
    return whole(holdsSeveralObjects(text) ? "several_documents" : "not_json");
  }
  return record instanceof JsonObject
    ? refusalOfObject(contract, members, record)
    : whole("not_an_object");
}

function whole(reason: Reason): Refusal {
  return { reason, field: null };
}

/** A byte order mark is not white space in JSON, so it is kept. */
function decode(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}

/** First what is missing, then wrong types, then what is no Unicode, then each field's own rules. */
function refusalOfObject(
  contract: CompiledContract,
  members: readonly Member[],
  record: JsonObject,
): Refusal | undefined {
  const missing = members.find((member) => isMissing(record, member));
  if (missing !== undefined) {
    return of("missing_field", missing);
  }
  const wrong = members.find((member) => isOfWrongType(record, member));
  if (wrong !== undefined) {
    return of("wrong_type", wrong);
  }
  const present = contract.fields.flatMap((field) => {
    const value = valueAt(record, field.path);
    return value === null ? [] : [{ field, value }];
  });
  const broken = present.find(({ value }) => !isUnicode(value));
  if (broken !== undefined) {
    return of("not_unicode", broken.field);
  }
  for (const { field, value } of present) {
    const reason = brokenRule(field, value);
    if (reason !== undefined) {
      return of(reason, field);
    }
  }
  return undefined;
}

type Member = CompiledField | CompiledObject;

function of(reason: Reason, { path }: Member): Refusal {
  return { reason, field: path.join(".") };
}

/** Every field, and before the first one in an object the object itself. */
function membersInOrder({ fields, objects }: CompiledContract): Member[] {
  const around = (field: CompiledField): CompiledObject[] =>
    objects.filter(({ path }) => path.every((name, depth) => field.path[depth] === name));
  return [...new Set<Member>(fields.flatMap((field) => [...around(field), field]))];
}

/** Null for what is absent, also with an object around it. */
function valueAt(record: JsonObject, path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>(
    (value, name) => (value instanceof JsonObject ? value.get(name) : null),
    record,
  );
}

/** A required field in an optional object is not missing if the object is absent. */
function isMissing(record: JsonObject, { path, required }: Member): boolean {
  return (
    required &&
    valueAt(record, path) === null &&
    valueAt(record, path.slice(0, -1)) instanceof JsonObject
  );
}

function isOfWrongType(record: JsonObject, member: Member): boolean {
  const value = valueAt(record, member.path);
  return (
    value !== null && !("type" in member ? hasType(member, value) : value instanceof JsonObject)
  );
}
