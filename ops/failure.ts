import { awsRefusal } from "./awsRefusal";

/** Something a person can act on: shown as its message alone, without a stack. */
export class Failure extends Error {}

/**
 * What a command prints of the error that ended it.
 *
 * @param isExpected whether the error is one of the command's own, besides {@link Failure}
 * @returns one message for what a person can act on; with the stack for everything else
 */
export function describeError(
  error: Error,
  isExpected: (error: Error) => boolean = () => false,
): string {
  if (error instanceof Failure || isExpected(error)) {
    return error.message;
  }
  const refusal = awsRefusal(error);
  return refusal === undefined
    ? (error.stack ?? error.message)
    : `${refusal.found} ${refusal.todo}`;
}
