import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { shownValue } from "../../contracts/shownValue";
import { readableError, withoutFullStop } from "./errors";
import { settingMessage } from "./settingMessages";

/** A problem with a setting, as readable text. */
export interface SettingProblem {
  /** For example `cluster.scaling.maximumUnits`; empty for the settings as a whole. */
  readonly path: string;
  /** What is expected and what to do about it. */
  readonly message: string;
  /** The value received, if there is one to show. */
  readonly received?: unknown;
}

/** Validates a value against a schema and fills in the defaults; reports every problem at once. */
export function checkSettings<S extends z.ZodType>(
  schema: S,
  given: unknown,
): { readonly settings?: z.output<S>; readonly problems: readonly SettingProblem[] } {
  const result = schema.safeParse(given, {
    reportInput: true,
    // Called only where the schema has no message of its own.
    error: (issue) =>
      settingMessage(
        issue as z.core.$ZodIssue,
        schema,
        valueAt(given, issue.path ?? []) === undefined,
      ),
  });
  return result.success
    ? { settings: result.data, problems: [] }
    : { problems: result.error.issues.map((issue) => toProblem(issue, given)) };
}

/** Validated arguments of a component with defaults; `C` is the output of its schema. */
export type Complete<A extends object, C> = Omit<A, keyof C> & C;

/**
 * Validates the arguments of a component before it plans anything, and fills in defaults. The same schema is used for
 * stack files and for programs that create the component directly.
 *
 * @param component name of the class
 * @param name of the instance
 * @param wiring names of the arguments that are not settings, such as `target`: they are not validated
 * @throws pulumi.RunError one message with every problem: instance, property, what was received and what to do
 */
export function completeArgs<S extends z.ZodType, A extends z.input<S> & object, W extends keyof A>(
  component: string,
  name: string,
  schema: S,
  given: A,
  ...wiring: readonly W[]
): z.output<S> & Pick<A, W> {
  const isWiring = (key: string) => wiring.some((known) => known === key);
  const entries = Object.entries(given);
  const { settings, problems } = checkSettings(
    schema,
    Object.fromEntries(entries.filter(([key]) => !isWiring(key))),
  );
  if (problems.length > 0) {
    throw readableError(
      listProblems(`${component} "${name}" has`, "nothing of it was planned", problems),
    );
  }
  return {
    ...Object.fromEntries(entries.filter(([key]) => isWiring(key))),
    ...(settings as object),
  } as z.output<S> & Pick<A, W>;
}

/** One text for all problems. Structured values are shown as JSON, cut to a readable length. */
export function listProblems(
  subject: string,
  consequence: string,
  problems: readonly SettingProblem[],
): string {
  const lines = problems.map(({ path, message, received }) => {
    const shown = received === undefined ? "" : ` Received: ${shownValue(received)}.`;
    return `  - ${path === "" ? "" : `${path} `}${withoutFullStop(message)}.${shown}`;
  });
  const noun = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${subject} ${noun}; ${consequence}:\n${lines.join("\n")}`;
}

function toProblem(issue: z.core.$ZodIssue, given: unknown): SettingProblem {
  const path = issue.path.reduce<string>(
    (parent, part) =>
      typeof part === "number"
        ? `${parent}[${part}]`
        : `${parent}${parent === "" ? "" : "."}${String(part)}`,
    "",
  );
  // A rule about a whole object gives the path of the invalid field; show that field.
  const received = valueAt(given, issue.path);
  if (pulumi.Output.isInstance(received)) {
    return {
      path,
      message:
        "decides what is planned, so it cannot be an output, which is known only later. Give it a plain value",
    };
  }
  return issue.code === "unrecognized_keys"
    ? { path, message: issue.message }
    : { path, message: issue.message, received };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, part) => (parent as Record<PropertyKey, unknown> | null | undefined)?.[part],
    value,
  );
}
