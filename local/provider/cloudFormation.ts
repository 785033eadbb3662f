/** What CloudFormation's resource schemas, as the installed cfn-lint has them, say about replacement. */
import { readFileSync } from "node:fs";

import { inPythonPackage } from "../../tools/paths";

const SCHEMAS = "cfnlint/data/schemas";

/** The region with the most types. */
const REGION = "us-east-1";

interface ResourceSchema {
  readonly properties: Readonly<Record<string, unknown>>;
  /** JSON pointers, for example `/properties/TableInput/Name`. */
  readonly createOnlyProperties?: readonly string[];
}

let files: Readonly<Record<string, string>> | undefined;
const schemas = new Map<string, ResourceSchema>();

/** Every resource type of CloudFormation, for example `AWS::Kinesis::Stream`. */
export function cloudFormationTypes(): string[] {
  return Object.keys(schemaFiles());
}

/**
 * The schema of a type.
 *
 * @throws if CloudFormation has no such type
 */
export function cloudFormationSchema(type: string): ResourceSchema {
  const known = schemas.get(type);
  if (known !== undefined) {
    return known;
  }
  const file = schemaFiles()[type];
  if (file === undefined) {
    throw new Error(
      `CloudFormation has no resource type "${type}": correct it in local/provider/tables.`,
    );
  }
  const schema = read(`resources/${file}.json`) as ResourceSchema;
  schemas.set(type, schema);
  return schema;
}

/**
 * Whether CloudFormation replaces the resource when this input changes.
 *
 * @param path Pulumi's path, without array indexes; the names of Pulumi and CloudFormation differ in case only, and
 *   `name` and `namePrefix` are the type's own name
 * @param names CloudFormation's names of those top-level inputs that have another name there
 */
export function isCreateOnly(
  type: string,
  path: string,
  names: Readonly<Record<string, string>>,
): boolean {
  const [first = "", ...below] = path.split(".");
  const own = `${type.split("::").at(-1)}Name`;
  const candidates = names[first] ?? (/^name(Prefix)?$/.test(first) ? `Name|${own}` : first);
  return candidates.split("|").some((name) => {
    const wanted = [name, ...below].join("/").toLowerCase();
    return (cloudFormationSchema(type).createOnlyProperties ?? []).some((pointer) => {
      const property = pointer.replace("/properties/", "").toLowerCase();
      return wanted === property || wanted.startsWith(`${property}/`);
    });
  });
}

function schemaFiles(): Readonly<Record<string, string>> {
  files ??= read(`providers/${REGION}.json`) as Record<string, string>;
  return files;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(inPythonPackage(`${SCHEMAS}/${file}`), "utf8"));
}
