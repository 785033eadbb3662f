/**
 * Shared code of the two dynamic resources that verify what they deploy, the streaming job and the endpoint:
 *
 * - `connect` creates the AWS client, and refuses credentials of another account than the stack's.
 * - `deployJob` and `deployEndpoint` succeed only when AWS shows that the new version is running.
 * - A failed deployment stores the new inputs in the state, not `verified`, so that the next `pulumi up` retries it.
 * - `diff` checks what runs, because a plain `pulumi up` never calls `read`.
 *
 * Pulumi stores this code in the stack's state: it captures nothing and throws plain errors only, because a subclass of
 * Error loses its message when it is serialized.
 */

/** The clock used to wait for AWS; tests pass one that advances only during a sleep. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** State of the resource in addition to its inputs. */
export interface VerifiedState {
  /** Whether the deployed version was seen running: false after a failed deployment. */
  readonly verified: boolean;
}

/** The real clock. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Whether the last deployment succeeded. States of earlier releases have `settled` (job) or `live` (endpoint). */
export function wasVerified(state: object): boolean {
  const { verified, settled, live } = state as Partial<
    Record<"verified" | "settled" | "live", boolean>
  >;
  return verified ?? settled ?? live ?? false;
}

/**
 * Whether there is anything to deploy: the last deployment failed, an input differs, or the deployed version no longer
 * runs.
 *
 * @param isAtWork checks AWS; called only when nothing else changed
 */
export async function needsDeployment<Inputs extends object>(
  olds: Inputs & VerifiedState,
  news: Inputs,
  isAtWork: () => Promise<boolean>,
): Promise<boolean> {
  return !wasVerified(olds) || inputsDiffer(olds, news) || !(await isAtWork());
}

/**
 * The error that makes Pulumi store the new inputs and retry the change. A plain error would keep the old state:
 * nothing would ever delete the remains of a failed `create`, and going back to the old inputs after a failed `update`
 * would look unchanged.
 */
export function deploymentFailure(id: string, state: object, message: string): Error {
  return Object.assign(new Error(message), {
    id,
    properties: { ...state, verified: false },
    reasons: [message],
  });
}

/** An input that is not known yet counts as different. */
function inputsDiffer(olds: object, news: object): boolean {
  const before = olds as Record<string, unknown>;
  return Object.entries(news)
    .filter(([name]) => name !== "__provider")
    .some(([name, value]) => canonical(before[name]) !== canonical(value));
}

/** JSON with sorted keys: the engine does not keep their order. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
