import type { CompiledContract, CompiledField } from "../../../../contracts/event/compiledContract";
import type { Reason } from "../../../../contracts/event/reading/refusal";
import { type Draft, fullDraft, place, sample, write } from "./draft";
import { fieldCases } from "./fieldCases";

/** A record and what a reader makes of it. Text is sent in UTF-8. */
export interface RecordCase {
  readonly about: string;
  readonly record: string | Uint8Array;
  readonly reason: Reason | null;
  /** Path of the field at fault. */
  readonly field: string | null;
}

/** Records of a contract, each with one thing about it, derived from the rules and not from a reader. */
export function recordCases(contract: CompiledContract): RecordCase[] {
  return [
    ...wholeRecords(contract),
    ...presence(contract),
    ...values(contract),
    ...precedence(contract),
  ];
}

function taken(about: string, record: string | Uint8Array): RecordCase {
  return { about, record, reason: null, field: null };
}

function refused(about: string, reason: Reason, record: string | Uint8Array): RecordCase {
  return { about, record, reason, field: null };
}

function wholeRecords(contract: CompiledContract): RecordCase[] {
  const full = write(fullDraft(contract));
  const [{ path }] = contract.fields;
  const open = full.slice(0, -1);
  const bytes = (...parts: (string | number)[]): Uint8Array =>
    Buffer.concat(
      parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))),
    );
  const padded = (length: number): string => full + " ".repeat(length - Buffer.byteLength(full));
  const limit = contract.maximumRecordBytes;
  const sized =
    limit > 5_000
      ? []
      : [
          taken("as many bytes as there may be", padded(limit)),
          refused("one byte more", "record_too_large", padded(limit + 1)),
          refused("too large before it is looked at", "record_too_large", "x".repeat(limit + 1)),
        ];
  return [
    taken("every field", full),
    taken("white space around it", `\r\n\t ${full} \n`),
    taken(
      "unknown fields, of any form",
      `${open},"__proto__":1,"constructor":{"a":[null,1e999]},"":"\\ud800"}`,
    ),
    taken("a deeply nested unknown field", `${open},"more":${"[".repeat(400)}${"]".repeat(400)}}`),
    taken(
      "a name that is escaped",
      full.replace(`"${path[0]}"`, `"\\u${hex(path[0])}${path[0].slice(1)}"`),
    ),
    ...sized,
    refused("no UTF-8: a lone byte", "not_utf8", bytes(open, ',"more":"', 0xff, '"}')),
    refused(
      "no UTF-8: half of a pair",
      "not_utf8",
      bytes(open, ',"more":"', 0xed, 0xa0, 0xbd, '"}'),
    ),
    refused(
      "no UTF-8: longer than it need be",
      "not_utf8",
      bytes(open, ',"more":"', 0xc0, 0xaf, '"}'),
    ),
    refused(
      "UTF-16",
      "not_utf8",
      Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(full, "utf16le")]),
    ),
    ...Object.entries({
      gzip: [0x1f, 0x8b, 0x08, 0],
      zlib: [0x78, 0x9c, 0xab, 0x56],
      "zlib without compression": [0x78, 0x01, 0xff],
      "fast zlib": [0x78, 0x5e, 0xff],
      "zlib with most effort": [0x78, 0xda, 0xff],
      Zstandard: [0x28, 0xb5, 0x2f, 0xfd, 0x20],
    }).map(([format, beginning]) =>
      refused(`compressed: ${format}`, "compressed", bytes(...beginning)),
    ),
    refused("a text that begins as zlib does", "not_json", `x^ ${full}`),
    refused("compressed, and cut to its first byte", "not_json", bytes(0x1f)),
    ...[
      ["one after the other", `${full}${full}`],
      ["a line each, as Firehose writes", `${full}\n${full}\n`],
      ["white space of every kind", ` ${full}\r\n\t ${full}`],
      ["the second one cut short", `${full}{`],
      ["a brace in a text", `{"a":"}{\\"}{"}{}`],
      ["without events", "{}{}"],
    ].map(([about, record]) => refused(`several documents: ${about}`, "several_documents", record)),
    taken("a character that replaces others", `${open},"more":"\ufffd"}`),
    ...[
      ["nothing", ""],
      ["white space only", " \n"],
      ["a mark of the byte order", `\ufeff${full}`],
      ["an object and an array", `${full}[${full}]`],
      ["an object cut short and another", `${open} ${full}`],
      ["two objects with a comma between them", `${full},${full}`],
      ["something after it", `${full}x`],
      ["its end missing", open],
      ["a comma too many", `${open},}`],
      ["single quotes", full.replaceAll('"', "'")],
      ["a comment", `${full}/* */`],
      ["an invalid number", `${open},"more":NaN}`],
      ["a number with a zero in front", `${open},"more":01}`],
      ["a number that ends with its point", `${open},"more":1.}`],
      ["a line end in a string", `${open},"more":"a\nb"}`],
      ["an invalid escape", `${open},"more":"\\x41"}`],
      ["no-break space between names", `{\u00a0${full.slice(1)}`],
    ].map(([about, record]) => refused(`no JSON: ${about}`, "not_json", record)),
    ...["null", "true", "1", '"text"', "[]", `[${full}]`].map((record) =>
      refused("no object", "not_an_object", record),
    ),
  ];
}

function hex(name: string): string {
  return name.charCodeAt(0).toString(16).padStart(4, "0");
}

function presence(contract: CompiledContract): RecordCase[] {
  const full = fullDraft(contract);
  const members = [
    ...contract.objects.map((object) => ({ ...object, isObject: true })),
    ...contract.fields,
  ];
  const each = members.flatMap((member): RecordCase[] => {
    const { path, required } = member;
    const verdict = {
      reason: required ? ("missing_field" as const) : null,
      field: required ? path.join(".") : null,
    };
    const name = path.join(".");
    const wrong = ["[]", '"x"', "1"].map((json) => ({
      about: `${name} is ${json} and no object`,
      record: write(place(full, path, json)),
      reason: "wrong_type" as const,
      field: name,
    }));
    return [
      { about: `${name} is absent`, record: write(place(full, path)), ...verdict },
      { about: `${name} is null`, record: write(place(full, path, "null")), ...verdict },
      ...("isObject" in member ? wrong : []),
    ];
  });
  const least = contract.fields
    .filter(({ required }) => !required)
    .reduce<Draft>((draft, { path }) => place(draft, path), full);
  const bare = contract.objects
    .filter(({ required }) => !required)
    .reduce<Draft>((draft, { path }) => place(draft, path), least);
  return [taken("what is required and no more", write(bare)), ...each];
}

function values(contract: CompiledContract): RecordCase[] {
  const full = fullDraft(contract);
  return contract.fields.flatMap((field) =>
    fieldCases(field).map(([json, reason]) => ({
      about: `${field.path.join(".")}: ${json.length > 40 ? `${json.slice(0, 37)}...` : json}`,
      record: write(place(full, field.path, json)),
      reason,
      field: reason === null ? null : field.path.join("."),
    })),
  );
}

/** Two faults in one record, and repeated names. */
function precedence(contract: CompiledContract): RecordCase[] {
  const full = fullDraft(contract);
  const top = contract.fields.filter(({ path }) => path.length === 1);
  const required = top.filter((field) => field.required);
  const [first, last] = [required[0], required[required.length - 1]];
  const string = contract.fields.find((field) => field.type === "string" && !field.maximumItems)!;
  const broken = firstBroken(contract.fields.find((field) => field !== string)!);
  const name = (field: CompiledField): string => field.path.join(".");
  const twice = (before: string, after: string): string =>
    `{"${first.path[0]}":${before},${write(place(full, first.path, after)).slice(1)}`;
  const at = (about: string, reason: Reason, field: CompiledField, draft: Draft): RecordCase => ({
    about,
    record: write(draft),
    reason,
    field: name(field),
  });
  return [
    at(
      "what is missing goes before a wrong type",
      "missing_field",
      last,
      place(place(full, first.path, "{}"), last.path),
    ),
    at(
      "a wrong type goes before what is no Unicode",
      "wrong_type",
      last,
      place(place(full, string.path, '"\\ud800"'), last.path, "{}"),
    ),
    at(
      "what is no Unicode goes before a rule of any field",
      "not_unicode",
      string,
      place(place(full, broken.field.path, broken.json), string.path, '"\\ud800"'),
    ),
    at(
      "of two wrong types the first field's is reported, at any position in the record",
      "wrong_type",
      first,
      { [last.path[0]]: "{}", ...place(place(full, last.path), first.path, "{}") },
    ),
    taken("a name twice, the last value valid", twice("{}", sample(first))),
    {
      about: "a name twice, the last value null",
      record: twice(sample(first), "null"),
      reason: "missing_field",
      field: name(first),
    },
  ];
}

function firstBroken(field: CompiledField): { field: CompiledField; json: string } {
  const rules = fieldCases(field).filter(
    ([, reason]) => reason !== null && reason !== "wrong_type" && reason !== "not_unicode",
  );
  return { field, json: rules[0][0] };
}
