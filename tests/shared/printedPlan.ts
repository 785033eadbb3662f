/** Plans as JSON, for tests that are written in Python. */
import type { Registered } from "./pulumiMocks";

/** Source code that dynamic resources carry into the state: megabytes, and no input of AWS's. */
const PROVIDER_SOURCE = "__provider";

/** A resource as Python reads it (tests/python/aws_models/plans.py). */
export interface PrintedResource extends Pick<Registered, "type" | "name" | "id" | "inputs"> {
  readonly parent: string;
  readonly dependencies: readonly string[];
}

export function printed(plan: readonly Registered[]): PrintedResource[] {
  return plan.map(({ type, name, id, inputs, options }) => ({
    type,
    name,
    id,
    inputs,
    parent: options.parent,
    dependencies: options.dependencies,
  }));
}

/** Prints what is promised as JSON; a failure goes to the standard error and ends the process with 1. */
export function print(promised: Promise<unknown>): void {
  promised
    .then((value) =>
      process.stdout.write(
        JSON.stringify(value, (key, inner: unknown) =>
          key === PROVIDER_SOURCE ? undefined : inner,
        ),
      ),
    )
    .catch((error: unknown) => {
      process.stderr.write(
        `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exitCode = 1;
    });
}
