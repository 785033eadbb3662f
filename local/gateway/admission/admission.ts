import type { ApiKey, Resources, Stage, ThrottleSettings, UsagePlan } from "../control/resources";
import type { Operation } from "../document/operation";
import { GatewayResponseError } from "../execution/exchange";
import { QuotaCounter } from "./quota";
import { type Clock, TokenBucket } from "./tokenBucket";

export interface AdmissionRequest {
  readonly apiId: string;
  readonly stage: Stage;
  readonly operation: Operation;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Decides whether a request is admitted: signature, API key, throttles, quota.
 *
 * A signature must be there; it is not verified.
 */
export class Admission {
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly counters = new Map<string, QuotaCounter>();

  constructor(
    private readonly resources: Resources,
    private readonly clock: Clock = Date.now,
  ) {}

  /**
   * @returns the API key, if the operation requires one
   * @throws GatewayResponseError when the request is not admitted
   */
  admit(request: AdmissionRequest): ApiKey | undefined {
    const { operation, headers, stage, apiId } = request;
    if (operation.signatureRequired && !isSigned(headers.get("authorization"))) {
      throw new GatewayResponseError("MISSING_AUTHENTICATION_TOKEN");
    }
    const stageScope = `${apiId}:${stage.stageName}`;
    const [key, plan] = operation.apiKeyRequired ? this.keyAndPlan(request) : [];
    const planScope = key && plan && `plan ${plan.id} ${key.id}`;
    if (planScope !== undefined && !this.takeToken(planScope, plan?.throttle)) {
      throw new GatewayResponseError("THROTTLED");
    }
    for (const [scope, throttle] of stageThrottles(stageScope, stage, operation)) {
      if (!this.takeToken(scope, throttle)) {
        throw new GatewayResponseError("THROTTLED");
      }
    }
    if (planScope !== undefined && !this.takeQuota(planScope, plan)) {
      throw new GatewayResponseError("QUOTA_EXCEEDED");
    }
    return key;
  }

  private keyAndPlan({ headers, apiId, stage }: AdmissionRequest): [ApiKey, UsagePlan] {
    const key = this.resources.keyOfValue(headers.get("x-api-key") ?? "");
    const plan = key?.enabled ? this.resources.planFor(key, apiId, stage.stageName) : undefined;
    if (key === undefined || plan === undefined) {
      throw new GatewayResponseError("INVALID_API_KEY");
    }
    return [key, plan];
  }

  /** A new bucket, which is full, takes the place of one whose settings have changed. */
  private takeToken(scope: string, throttle: ThrottleSettings | undefined): boolean {
    if (throttle?.rateLimit === undefined) {
      return true;
    }
    const burst = throttle.burstLimit ?? Math.max(1, throttle.rateLimit);
    let bucket = this.buckets.get(scope);
    if (bucket?.ratePerSecond !== throttle.rateLimit || bucket.burst !== burst) {
      bucket = new TokenBucket(throttle.rateLimit, burst, this.clock);
      this.buckets.set(scope, bucket);
    }
    return bucket.take();
  }

  private takeQuota(scope: string, plan: UsagePlan | undefined): boolean {
    if (plan?.quota === undefined) {
      return true;
    }
    let counter = this.counters.get(scope);
    if (counter?.settings !== plan.quota) {
      counter = new QuotaCounter(plan.quota, this.clock);
      this.counters.set(scope, counter);
    }
    return counter.take();
  }
}

function isSigned(authorization: string | undefined): boolean {
  return authorization?.startsWith("AWS4-HMAC-SHA256 ") === true;
}

/** Settings of the method itself take precedence over those for all methods. */
function stageThrottles(
  stageScope: string,
  stage: Stage,
  operation: Operation,
): [string, ThrottleSettings][] {
  const own = `${operation.path.template}/${operation.method}`;
  for (const key of [own, "*/*"]) {
    const throttle = stage.methodThrottles.get(key);
    if (throttle !== undefined) {
      return [[`stage ${stageScope} ${own}`, throttle]];
    }
  }
  return [];
}
