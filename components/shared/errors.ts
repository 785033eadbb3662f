import * as pulumi from "@pulumi/pulumi";

/**
 * Ends the program with one readable message instead of a stack trace.
 * The stack is dropped because Node 20 takes seconds to print one of a Pulumi program.
 */
export function readableError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = undefined;
  return error;
}

/** The message of an error, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A sentence as part of another one. */
export function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
