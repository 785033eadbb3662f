import { z } from "zod";

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
  /** Requests from one address in five minutes before it is blocked, 100 to 2,000,000,000. */
  requestsPerFiveMinutes: z.int().min(100).max(2_000_000_000),
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
export const apiConfigSchema = z.strictObject({
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
  /** Most posts in one request, 1 to 64. */
  maxInstances: z.int().min(1).max(64).default(64),
  /** Trace requests with X-Ray. */
  tracing: z.boolean().default(true),
  accessLog: accessLogSchema.optional(),
  waf: wafSchema.optional(),
});

export type ApiConfig = z.infer<typeof apiConfigSchema>;
