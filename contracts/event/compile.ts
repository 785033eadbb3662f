import { SchemaError, type SchemaProblem } from "../schema/problem";
import { parseObject, type SchemaObject } from "../schema/schemaObject";
import type { CompiledContract } from "./compiledContract";
import { compiledText, contentHash } from "./compiledText";
import { readFields } from "./fields";
import { eventKeywordProblems } from "./keywords";
import { lakeColumns } from "./lakeColumns";
import { nameProblems } from "./names";
import { useProblems } from "./uses";

/** A workload's events as all languages know them. */
export interface EventContract {
  readonly compiled: CompiledContract;
  /** The text that is deployed: see {@link compiledText}. */
  readonly text: string;
  /** `contract-<first 16 digits of the text's SHA-256>.json`. */
  readonly fileName: string;
  /** SHA-256 of the text, lower-case hexadecimal. */
  readonly sha256: string;
  /** Title of the schema, for people. It is not part of the text. */
  readonly title: string;
}

/** Room for the fields of most events; a larger record has to be asked for. */
const DEFAULT_RECORD_BYTES = 65_536;

const RULES = "events.md";

/**
 * Compiles the schema of a workload's events.
 *
 * @param workload name of its folder
 * @param file where the schema stands, for messages
 * @param text the schema, JSON
 * @throws SchemaError with everything in it that is outside the subset
 */
export function compileEventSchema(workload: string, file: string, text: string): EventContract {
  const schema = parseObject(file, RULES, "the JSON schema of an event", text);
  const read = readFields(schema);
  const problems: SchemaProblem[] = [
    ...rootProblems(schema),
    ...read.problems,
    ...useProblems(read.fields, read.objects),
    ...nameProblems(read.fields),
  ];
  if (problems.length > 0) {
    throw new SchemaError(file, RULES, problems);
  }
  const label = read.fields.find(({ uses }) => uses.includes("label"));
  const compiled: CompiledContract = {
    version: 1,
    workload,
    maximumRecordBytes: (schema["x-max-bytes"] as number | undefined) ?? DEFAULT_RECORD_BYTES,
    fields: read.fields,
    objects: read.objects,
    identity: read.fields.filter(({ uses }) => uses.includes("identity")).map(({ name }) => name),
    eventTime: read.fields.find(({ uses }) => uses.includes("event-time"))?.name ?? null,
    label: label ? { name: label.name, values: label.allowed ?? ["false", "true"] } : null,
    columns: lakeColumns(read.fields),
  };
  const compiledJson = compiledText(compiled);
  const sha256 = contentHash(compiledJson);
  return {
    compiled,
    text: compiledJson,
    fileName: `contract-${sha256.slice(0, 16)}.json`,
    sha256,
    title: schema.title as string,
  };
}

function rootProblems(schema: SchemaObject): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  if (schema.$schema === undefined) {
    problems.push({
      path: "$schema",
      message: 'is missing: it must be "https://json-schema.org/draft/2020-12/schema"',
    });
  }
  if (schema.type !== "object") {
    problems.push({
      path: "type",
      message: 'must be "object": a record of the stream holds one object',
      ...(schema.type === undefined ? {} : { received: schema.type }),
    });
  }
  if (schema.title === undefined) {
    problems.push({
      path: "title",
      message: 'is missing: it says what the events are, for example "Social posts"',
    });
  }
  return [...problems, ...eventKeywordProblems("event", "", schema)];
}
