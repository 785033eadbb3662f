/**
 * What the two dynamic resources have in common that verify what they deploy, the streaming job and the endpoint:
 *
 * - `connect` reaches AWS, and refuses credentials of another account than the stack's.
 * - `deployJob` and `deployEndpoint` succeed only when AWS shows that what was asked for is at work.
 * - A failed deployment keeps the new inputs in the state, not `verified`, so that the next `pulumi up` deploys again.
 * - `diff` looks at what runs, because a plain `pulumi up` never calls `read`.
 *
 * Pulumi stores this code in the stack's state: it captures nothing and throws plain errors only, because a subclass of
 * Error loses its message on that way.
 */

/** What waits for AWS; tests bring a clock that runs only while somebody sleeps. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What the state says beside the inputs. */
export interface VerifiedState {
  /** Whether what was asked for was seen at work: false after a failed deployment. */
  readonly verified: boolean;
}

/** The time of this process. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Whether the last deployment succeeded. States of earlier releases say `settled` (job) or `live` (endpoint). */
export function wasVerified(state: object): boolean {
  const { verified, settled, live } = state as Partial<
    Record<"verified" | "settled" | "live", boolean>
  >;
  return verified ?? settled ?? live ?? false;
}

/**
 * Whether there is anything to deploy: the last deployment failed, an input differs, or what it deployed is at work no
 * more.
 *
 * @param isAtWork looks at AWS; asked only when nothing else is a change
 */
export async function needsDeployment<Inputs extends object>(
  olds: Inputs & VerifiedState,
  news: Inputs,
  isAtWork: () => Promise<boolean>,
): Promise<boolean> {
  return !wasVerified(olds) || inputsDiffer(olds, news) || !(await isAtWork());
}

/**
 * The error that makes Pulumi store the new inputs and offer the change again. A plain error would keep the old state:
 * nothing would ever remove what a failed `create` left, and going back to the old inputs after a failed `update` would
 * look unchanged.
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
