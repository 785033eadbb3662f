import { z } from "zod";

import { hasFields } from "../shared/schema";

/** Seconds that the firewall counts an address's requests over (WAF, rate-based rules: the default window). */
export const FIREWALL_WINDOW_SECONDS = 300;

const throttleSchema = z.strictObject({
  /** Requests per second that every key together may send, on average. */
  ratePerSecond: z.number().positive().max(10000),
  /** Requests that may come at once above the rate. */
  burst: z.int().min(1).max(5000),
});

const quotaSchema = z.strictObject({
  /** Requests per key and period. */
  requests: z.int().min(1),
  period: z.enum(["DAY", "WEEK", "MONTH"]),
});

const wafSchema = z.strictObject({
  /**
   * Requests from one address in five minutes before it is blocked, 10 to 2,000,000,000. At least what `throttle` lets
   * through in that time: all clients of the API may come from one address.
   */
  requestsPerFiveMinutes: z.int().min(10).max(2_000_000_000),
});

const accessLogSchema = z.strictObject({
  /** Days the access log is kept: a value CloudWatch Logs knows. Bodies are never logged. */
  retentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  /**
   * Create the role API Gateway writes logs with. It is one per account and region, so exactly one
   * stack per account and region may set it; the others rely on it.
   */
  manageAccountRole: z.boolean().default(false),
});

/** What a stack file may say under `streaming-ml:api`. */
export const apiConfigSchema = z
  .strictObject({
    /** Last part of the API's address. A change replaces the stage and so the address. */
    stageName: z
      .string()
      .regex(/^[a-zA-Z0-9_]{1,128}$/, "must be 1 to 128 letters, digits and underscores")
      .default("live"),
    /** `apiKey`: key in the x-api-key header. `iam`: requests signed with Signature Version 4, and the key. */
    authorization: z.enum(["apiKey", "iam"]).default("apiKey"),
    throttle: throttleSchema.prefault({ ratePerSecond: 50, burst: 100 }),
    quota: quotaSchema.optional(),
    /** Longest the gateway waits for the model, in milliseconds. API Gateway's own limit is 29,000. */
    timeoutMilliseconds: z.int().min(50).max(29000).default(29000),
    /**
     * Most instances in one request, 1 to 64. Whatever is said here, it is 1 for a model whose instances have an array
     * of variable length: TensorFlow Serving takes one shape per request.
     */
    maxInstances: z.int().min(1).max(64).default(64),
    /** Trace requests with X-Ray. */
    tracing: z.boolean().default(true),
    accessLog: accessLogSchema.optional(),
    waf: wafSchema.optional(),
  })
  .refine(
    (config) =>
      !(config.waf && config.waf.requestsPerFiveMinutes < admittedInWindow(config.throttle)),
    {
      when: hasFields,
      path: ["waf", "requestsPerFiveMinutes"],
      error: ({ input }) => {
        const { throttle } = input as { throttle: z.infer<typeof throttleSchema> };
        return (
          `must be at least ${admittedInWindow(throttle)}, which is what throttle admits in five minutes ` +
          `(${throttle.ratePerSecond} a second for ${FIREWALL_WINDOW_SECONDS} seconds and a burst of ${throttle.burst}): ` +
          "with less, the firewall blocks clients behind one address that the stage would serve. Raise it, or lower throttle"
        );
      },
    },
  );

/** Most requests that the stage serves within the firewall's window. */
function admittedInWindow(throttle?: z.infer<typeof throttleSchema>): number {
  return throttle
    ? Math.ceil(throttle.ratePerSecond * FIREWALL_WINDOW_SECONDS) + throttle.burst
    : 0;
}

export type ApiConfig = z.infer<typeof apiConfigSchema>;
