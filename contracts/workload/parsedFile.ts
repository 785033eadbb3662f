import type { z } from "zod";

import { SchemaError } from "../schema/problem";
import { parseObject } from "../schema/schemaObject";

/** How a file of a workload is read. */
interface FileRules<Content> {
  /** Page of docs/ that describes the file. */
  readonly page: string;
  /** What its object describes, for example "what the workload is". */
  readonly what: string;
  readonly schema: z.ZodType<Content>;
}

/**
 * Reads a file that must hold one JSON object of a known shape.
 *
 * @param file where it stands, for messages
 * @throws SchemaError with everything in it that is wrong
 */
export function parseFile<Content>(
  file: string,
  { page, what, schema }: FileRules<Content>,
  text: string,
): Content {
  const value = parseObject(file, page, what, text);
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  throw new SchemaError(
    file,
    page,
    result.error.issues.map(({ path, message }) => {
      const received = path.reduce<unknown>(
        (inner, name) => (inner as Record<PropertyKey, unknown> | undefined)?.[name],
        value,
      );
      return {
        path: path.join("."),
        message,
        ...(received === undefined || path.length === 0 ? {} : { received }),
      };
    }),
  );
}

/** The message for a value that is not an object with exactly the names of `names`. */
export function objectProblem(
  issue: { readonly code: string; readonly keys?: unknown },
  names: string,
): string {
  return issue.code === "unrecognized_keys"
    ? `must hold ${names} only: remove ${(issue.keys as string[]).join(", ")}`
    : `must be an object with ${names}`;
}
