import type { CompiledField } from "../../../../contracts/event/compiledContract";
import type { Reason } from "../../../../contracts/event/reading/refusal";
import { sampleItem } from "./draft";

/** A value of a field, as JSON, and what a reader makes of it; null: it takes it. */
export type Case = readonly [json: string, reason: Reason | null];

/** Some of Unicode's White_Space, as JSON may write it. */
const WHITE_SPACE = [
  " ",
  "\\t",
  "\\u000b",
  "\\u0085",
  "\\u00a0",
  "\\u1680",
  "\\u2028",
  "\\u205f",
  "\u3000",
];

/** Values of one field that its rules distinguish. */
export function fieldCases(field: CompiledField): Case[] {
  return field.maximumItems === undefined ? scalarCases(field) : arrayCases(field);
}

function scalarCases(field: CompiledField): Case[] {
  switch (field.type) {
    case "string":
      return [...wrong("1", "true", "[]", "{}", '["x"]'), ...unicodeCases(), ...stringCases(field)];
    case "date-time":
      return [...wrong("1732442400", "false", "{}"), ...unicodeCases(), ...dateTimeCases()];
    case "boolean":
      return [...wrong('"true"', "0", "1", "[]", "{}"), ["true", null], ["false", null]];
    case "integer":
      return [...wrong('"1"', "true", "[]", "{}", "1.5", "1e-1", "1e-400"), ...integerCases(field)];
    case "number":
      return [...wrong('"1"', "true", "[]", "{}"), ...numberCases(field)];
  }
}

function wrong(...values: string[]): Case[] {
  return values.map((json) => [json, "wrong_type"]);
}

/** Halves of surrogate pairs go before any other rule; a whole pair is a character. */
function unicodeCases(): Case[] {
  const halves = ["\\ud83d", "\\ude00", "a\\ud83d", "\\ude00\\ud83d", "\\ud83d \\ude00"];
  return halves.map((text) => [`"${text}"`, "not_unicode"]);
}

function stringCases({
  minimumLength: least = 0,
  maximumLength: most,
  allowed,
}: CompiledField): Case[] {
  if (allowed !== undefined) {
    return [
      ...allowed.map((value): Case => [JSON.stringify(value), null]),
      [JSON.stringify(allowed[0].toUpperCase()), "not_allowed"],
      [JSON.stringify(` ${allowed[0]}`), "not_allowed"],
      ['""', "not_allowed"],
    ];
  }
  const cases: Case[] = [];
  const escaped = "\\ud83d\\ude00";
  if (least > 0) {
    cases.push(
      ['""', "too_short"],
      [`"${escaped.repeat(least - 1)}"`, "too_short"],
      [`"${escaped.repeat(least)}"`, null],
      [JSON.stringify("x".repeat(least)), null],
      ...WHITE_SPACE.map((one): Case => [`"${one.repeat(least)}"`, "blank"]),
      // A zero-width space is not white space.
      [`"${"\\u200b".repeat(least)}"`, null],
    );
  } else {
    cases.push(['""', null], ['"  "', null]);
  }
  if (most !== undefined && most <= 400) {
    cases.push([`"${escaped.repeat(most)}"`, null], [`"${escaped.repeat(most + 1)}"`, "too_long"]);
  }
  if (most !== undefined) {
    cases.push(
      [JSON.stringify("é".repeat(most)), null],
      [JSON.stringify("x".repeat(most + 1)), "too_long"],
      [JSON.stringify(" ".repeat(most + 1)), "too_long"],
    );
  }
  return cases;
}

function dateTimeCases(): Case[] {
  const moments = [
    "2026-11-24T10:00:00Z",
    "2026-11-24t10:00:00z",
    "2026-11-24T10:00:00.123456789+09:00",
    "2024-02-29T23:59:59-18:00",
    "1900-01-01T00:00:00Z",
    "1899-12-31T23:59:00-00:01",
    "1900-01-01T18:00:00+18:00",
  ];
  const others = [
    "",
    "yesterday",
    "2026-11-24",
    "2026-11-24 10:00:00Z",
    "2026-11-24T10:00:00",
    "2026-11-24T10:00Z",
    "2026-11-24T10:00:00+0000",
    "2026-11-24T10:00:00+00",
    "2026-11-24T10:00:00.Z",
    "2026-11-24T10:00:00,5Z",
    "2016-12-31T23:59:60Z",
    "2026-11-24T24:00:00Z",
    "2026-11-24T10:60:00Z",
    "2026-00-24T10:00:00Z",
    "2026-13-24T10:00:00Z",
    "2026-11-00T10:00:00Z",
    "2026-11-31T10:00:00Z",
    "2026-02-29T10:00:00Z",
    "2026-11-24T10:00:00+18:01",
    "2026-11-24T10:00:00+00:60",
    " 2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00Z\n",
    "+2026-11-24T10:00:00Z",
    "٢٠٢٦-11-24T10:00:00Z",
    "1899-12-31T23:59:59.999Z",
    "1900-01-01T00:00:00+00:01",
    "0000-01-01T00:00:00Z",
  ];
  return [
    ...moments.map((text): Case => [JSON.stringify(text), null]),
    ...others.map((text): Case => [JSON.stringify(text), "not_a_date_time"]),
  ];
}

function integerCases({ minimum = 0, maximum = 0 }: CompiledField): Case[] {
  return [
    [`${maximum}`, null],
    [`${maximum}.000`, null],
    [`${maximum}0e-1`, null],
    [`${maximum}.5`, "wrong_type"],
    [`${minimum}`, null],
    [`${BigInt(maximum) + 1n}`, "too_large"],
    [`${BigInt(minimum) - 1n}`, "too_small"],
    ["9223372036854775808", "too_large"],
    ["-9223372036854775809", "too_small"],
    ["1e999999999", "too_large"],
    ["-1e400", "too_small"],
  ];
}

function numberCases({ minimum, maximum }: CompiledField): Case[] {
  const cases: Case[] = [
    ["1e400", "too_large"],
    ["-1e400", "too_small"],
  ];
  if (minimum !== undefined) {
    cases.push([`${minimum}`, null], [`${minimum - 0.25}`, "too_small"]);
  } else {
    cases.push(["-1.7976931348623157e308", null]);
  }
  if (maximum !== undefined) {
    cases.push([`${maximum}`, null], [`${maximum + 0.25}`, "too_large"]);
  } else {
    cases.push(["1.7976931348623157e308", null]);
  }
  return [...cases, ["1e-400", (minimum ?? 0) > 0 ? "too_small" : null]];
}

function arrayCases(field: CompiledField): Case[] {
  const one = sampleItem(field);
  const list = (count: number, ...first: string[]): string =>
    `[${[...first, ...new Array<string>(count - first.length).fill(one)].join(",")}]`;
  const { minimumItems: least = 0, maximumItems: most = 0 } = field;
  const items = scalarCases({ ...field, maximumItems: undefined });
  const first = (reason: Reason): Case[] => items.filter(([, why]) => why === reason).slice(0, 2);
  const broken: Reason[] = [
    "wrong_type",
    "not_unicode",
    "too_long",
    "too_small",
    "too_large",
    "blank",
  ];
  return [
    ...wrong(one, "{}", '"x"', list(most, "null"), list(most, "[]"), list(most, "{}")),
    [list(least), null],
    [list(most), null],
    [list(most + 1), "too_many_items"],
    ...(least > 0 ? ([[list(least - 1), "too_few_items"]] as Case[]) : []),
    ...broken.flatMap(first).map(([json, reason]): Case => [list(most, json), reason]),
    // The number of items goes before what they are, but not before what is no Unicode.
    ...broken
      .flatMap(first)
      .map(([json, reason]): Case => [
        list(most + 1, json),
        reason === "wrong_type" || reason === "not_unicode" ? reason : "too_many_items",
      ]),
  ];
}
