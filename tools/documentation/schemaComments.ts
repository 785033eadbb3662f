import * as fs from "node:fs";
import ts from "typescript";

/** What the comment beside a field says. */
export interface FieldComment {
  readonly meaning: string;
  /** Of its tag `@default`: a default that depends on other fields, so that no schema can hold it. */
  readonly default?: string;
}

/** Doc comments of the fields of one object schema, by path such as `schedule.timezone`. */
export type FieldComments = ReadonlyMap<string, FieldComment>;

/**
 * Reads the comments beside the fields of a zod object schema from its source, so that the
 * documentation says what the code says.
 *
 * @param file source file that declares `constant`
 * @throws Error when the file declares no such object schema
 */
export function readFieldComments(file: string, constant: string): FieldComments {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const declarations = new Map<string, ts.Expression>();
  source.forEachChild((node) => {
    if (ts.isVariableStatement(node)) {
      for (const { name, initializer } of node.declarationList.declarations) {
        if (ts.isIdentifier(name) && initializer !== undefined) {
          declarations.set(name.text, initializer);
        }
      }
    }
  });
  const schema = declarations.get(constant);
  const alternatives = schema === undefined ? [] : objectFields(schema, declarations);
  if (alternatives.length === 0) {
    throw new Error(`${file} declares no zod object schema named ${constant}.`);
  }
  const comments = new Map<string, FieldComment>();
  alternatives.forEach((fields) => collect(fields, "", declarations, comments));
  return comments;
}

function collect(
  fields: ts.ObjectLiteralExpression,
  prefix: string,
  declarations: ReadonlyMap<string, ts.Expression>,
  comments: Map<string, FieldComment>,
): void {
  for (const property of fields.properties) {
    const isField = ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property);
    if (!isField || !ts.isIdentifier(property.name)) {
      continue;
    }
    const path = `${prefix}${property.name.text}`;
    const { meaning, ...rest } = commentOf(property);
    if (meaning !== "") {
      const meanings = [comments.get(path)?.meaning, meaning].filter(Boolean);
      comments.set(path, { meaning: meanings.join(" Or: "), ...rest });
    }
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    for (const nested of objectFields(value, declarations)) {
      collect(nested, `${path}.`, declarations, comments);
    }
  }
}

function commentOf(node: ts.Node): FieldComment {
  const textOf = (comments: readonly (ts.JSDoc | ts.JSDocTag)[]) =>
    comments
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  const meaning = textOf(ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc));
  const tags = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === "default");
  return tags.length === 0 ? { meaning } : { meaning, default: textOf(tags) };
}

/** Follows `.optional()`, `.extend(...)`, unions and constants down to each `z.object({...})`. */
function objectFields(
  expression: ts.Expression,
  declarations: ReadonlyMap<string, ts.Expression>,
): ts.ObjectLiteralExpression[] {
  if (ts.isIdentifier(expression)) {
    const declared = declarations.get(expression.text);
    return declared === undefined ? [] : objectFields(declared, declarations);
  }
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) {
    return [];
  }
  const { name, expression: target } = expression.expression;
  const last = expression.arguments.at(-1);
  if (last && ts.isObjectLiteralExpression(last)) {
    if (["object", "strictObject"].includes(name.text)) {
      return [last];
    }
    if (name.text === "extend") {
      return [...objectFields(target, declarations), last];
    }
  }
  if (
    ["discriminatedUnion", "union"].includes(name.text) &&
    last &&
    ts.isArrayLiteralExpression(last)
  ) {
    return last.elements.flatMap((element) => objectFields(element, declarations));
  }
  return objectFields(target, declarations);
}
