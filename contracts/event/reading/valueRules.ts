import type { CompiledField } from "../compiledContract";
import { isDateTime } from "./dateTime";
import { JsonNumber, type JsonValue } from "./jsonRecord";
import type { Reason } from "./refusal";
import { wholeNumber } from "./wholeNumber";

/** Whether a value that is not null has the type that its field asks for. */
export function hasType(field: CompiledField, value: JsonValue): boolean {
  return field.maximumItems === undefined
    ? isScalar(field, value)
    : Array.isArray(value) && value.every((item: JsonValue) => isScalar(field, item));
}

function isScalar({ type }: CompiledField, value: JsonValue): boolean {
  switch (type) {
    case "string":
    case "date-time":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return value instanceof JsonNumber;
    case "integer":
      return value instanceof JsonNumber && wholeNumber(value.text) !== undefined;
  }
}

/** False when a string, or an item that is one, holds half of a surrogate pair. */
export function isUnicode(value: JsonValue): boolean {
  const items = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return !items.some((item) => typeof item === "string" && /\p{Surrogate}/u.test(item));
}

/** The first rule that a value of the correct type breaks; undefined if it breaks none. */
export function brokenRule(field: CompiledField, value: JsonValue): Reason | undefined {
  if (!Array.isArray(value)) {
    return brokenByScalar(field, value);
  }
  const items = value as readonly JsonValue[];
  if (items.length < field.minimumItems!) {
    return "too_few_items";
  }
  if (items.length > field.maximumItems!) {
    return "too_many_items";
  }
  return items.map((item) => brokenByScalar(field, item)).find((reason) => reason !== undefined);
}

function brokenByScalar(field: CompiledField, value: JsonValue): Reason | undefined {
  switch (field.type) {
    case "string":
      return brokenByString(field, value as string);
    case "date-time":
      return isDateTime(value as string) ? undefined : "not_a_date_time";
    case "integer":
      return beyond(field, wholeNumber((value as JsonNumber).text)!);
    case "number":
      return beyond(field, Number((value as JsonNumber).text));
    case "boolean":
      return undefined;
  }
}

function brokenByString(field: CompiledField, value: string): Reason | undefined {
  const length = [...value].length;
  if (length < field.minimumLength!) {
    return "too_short";
  }
  if (length > (field.maximumLength ?? Infinity)) {
    return "too_long";
  }
  if (field.minimumLength! > 0 && /^\p{White_Space}*$/u.test(value)) {
    return "blank";
  }
  return field.allowed?.includes(value) === false ? "not_allowed" : undefined;
}

/** A number that no double can represent is infinite, and beyond every limit. */
function beyond(
  { minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE }: CompiledField,
  value: number,
): Reason | undefined {
  return value < minimum ? "too_small" : value > maximum ? "too_large" : undefined;
}
