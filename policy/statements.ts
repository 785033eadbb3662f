import { parsed } from "./rule";

/** One statement of an IAM document, as far as rules read it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | string[]>>;
  readonly Action?: string | string[];
  readonly NotAction?: unknown;
  readonly NotResource?: unknown;
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}

/** Statements of a document given as JSON text; none when the text is no such document. */
export function policyStatements(text: unknown): PolicyStatement[] {
  const document = parsed(text) as { Statement?: PolicyStatement | PolicyStatement[] } | undefined;
  if (document?.Statement === undefined) {
    return [];
  }
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

/** Whether a statement allows something to principals nobody names. */
export function allowsEverybody({ Effect, Principal }: PolicyStatement): boolean {
  const named = typeof Principal === "string" ? [Principal] : Object.values(Principal ?? {}).flat();
  return Effect === "Allow" && named.includes("*");
}

/** One or many as many. */
export function asList<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}
