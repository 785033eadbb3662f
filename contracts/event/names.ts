import type { SchemaProblem } from "../schema/problem";
import type { CompiledField } from "./compiledContract";
import { whoTook } from "./lakeColumns";

/** Maximum length of a column name in Glue (Glue, Column). */
const LONGEST_COLUMN = 255;

/** Problems with the names that the fields get in the lake. */
export function nameProblems(fields: readonly CompiledField[]): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const owners = new Map<string, CompiledField>();
  for (const field of fields) {
    const place = field.path.join(".");
    const what =
      field.column === place ? "its name" : `its name in the lake, ${shorten(field.column)},`;
    for (const name of new Set([field.name, field.column])) {
      const taken = whoTook(name);
      if (taken !== undefined) {
        problems.push({
          path: place,
          message: `must have another name: ${name} is ${taken}. Rename the field`,
        });
      }
      const owner = owners.get(name);
      if (owner !== undefined) {
        problems.push({
          path: place,
          message: `must have another name: ${name} is a name of ${owner.path.join(".")} in the lake, too. Rename one of them`,
        });
      }
      owners.set(name, owner ?? field);
    }
    if (field.column.length > LONGEST_COLUMN) {
      problems.push({
        path: place,
        message: `must be shorter: ${what} has ${field.column.length} characters, and Glue allows ${LONGEST_COLUMN}`,
      });
    }
  }
  return problems;
}

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 37)}...` : name;
}
