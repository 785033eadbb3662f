import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";

/** A module of the SDK's own, which has no types. */
interface Debuggable {
  debuggablePromise: (promise: Promise<unknown>, context: unknown) => Promise<unknown>;
}

/**
 * Plans without the stack traces that no test reads. The SDK takes one for every promise it makes, for its report of
 * leaked promises, and one without limit for every resource, for the engine's messages; mapping each frame to its
 * source is a fourth of what a plan computes. Errors keep theirs.
 */
export function takeFewerStackTraces(): void {
  (pulumi.Resource as unknown as { callsites(): object[] }).callsites = () => [];
  const sdk = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable") as Debuggable;
  const { debuggablePromise } = sdk;
  sdk.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
