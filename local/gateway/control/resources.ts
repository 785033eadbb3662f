import { randomInt } from "node:crypto";

import type { QuotaSettings } from "../admission/quota";
import type { CompiledApi } from "../document/compile";

export interface RestApi {
  readonly id: string;
  name: string;
  description?: string;
  readonly rootResourceId: string;
  /** Seconds since 1970. */
  readonly createdDate: number;
  /** What the next deployment will contain. */
  definition: CompiledApi;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

export interface Deployment {
  readonly id: string;
  readonly description?: string;
  readonly createdDate: number;
  /** A snapshot: a later import does not change what is deployed. */
  readonly definition: CompiledApi;
}

export interface ThrottleSettings {
  rateLimit?: number;
  burstLimit?: number;
}

export interface Stage {
  readonly stageName: string;
  deploymentId: string;
  readonly description?: string;
  readonly variables: Record<string, string>;
  /** By path and method, for example `*`/`*`; of the method settings only throttling is executed. */
  readonly methodThrottles: Map<string, ThrottleSettings>;
  readonly createdDate: number;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly enabled: boolean;
  readonly value: string;
  readonly createdDate: number;
}

export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** `apiId:stageName`. */
  readonly apiStages: Set<string>;
  throttle?: ThrottleSettings;
  quota?: QuotaSettings;
  readonly keyIds: Set<string>;
}

/** Everything that was created through API Gateway's API, kept in memory. */
export class Resources {
  readonly restApis = new Map<string, RestApi>();
  readonly apiKeys = new Map<string, ApiKey>();
  readonly usagePlans = new Map<string, UsagePlan>();
  private readonly keysByValue = new Map<string, ApiKey>();

  addKey(key: ApiKey): void {
    this.apiKeys.set(key.id, key);
    this.keysByValue.set(key.value, key);
  }

  removeKey(key: ApiKey): void {
    this.apiKeys.delete(key.id);
    this.keysByValue.delete(key.value);
    for (const plan of this.usagePlans.values()) {
      plan.keyIds.delete(key.id);
    }
  }

  keyOfValue(value: string): ApiKey | undefined {
    return this.keysByValue.get(value);
  }

  /** The plan that gives the key access to the stage; AWS allows at most one. */
  planFor(key: ApiKey, apiId: string, stageName: string): UsagePlan | undefined {
    for (const plan of this.usagePlans.values()) {
      if (plan.keyIds.has(key.id) && plan.apiStages.has(`${apiId}:${stageName}`)) {
        return plan;
      }
    }
    return undefined;
  }
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A random identifier of lower-case letters and digits. */
export function randomId(length = 10): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
