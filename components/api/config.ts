import { z } from "zod";

import { hasFields } from "../shared/schema";
import { headerProblems, type ListProblem, originProblems } from "./browserOrigins";

/** Seconds over which the firewall counts the requests of an address (WAF, rate-based rules: the default window). */
export const FIREWALL_WINDOW_SECONDS = 300;

const throttleSchema = z.strictObject({
  /** Average requests per second of all API keys together. */
  ratePerSecond: z.number().positive().max(10000),
  /** Burst: requests that may arrive at once above the rate. */
  burst: z.int().min(1).max(5000),
});

const quotaSchema = z.strictObject({
  /** Requests per API key and period. */
  requests: z.int().min(1),
  /** Period over which requests are counted. */
  period: z.enum(["DAY", "WEEK", "MONTH"]),
});

const wafSchema = z.strictObject({
  /**
   * Requests from one address in five minutes before it is blocked, 10 to 2,000,000,000. At least what `throttle`
   * allows in that time, and with `cors` twice as many: all clients of the API may share one address.
   */
  requestsPerFiveMinutes: z.int().min(10).max(2_000_000_000),
});

const accessLogSchema = z.strictObject({
  /** Days the access log is kept: a value CloudWatch Logs knows. Bodies are never logged. */
  retentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  /**
   * Create the role that API Gateway writes logs with. There is one per account and region, so exactly one stack per
   * account and region may set this; the others use that role.
   */
  manageAccountRole: z.boolean().default(false),
});

/** A list of strings that is checked as a whole; each problem is reported at its own entry. */
function judgedList(expected: string, judge: (values: readonly string[]) => ListProblem[]) {
  return z.array(z.string({ error: expected })).superRefine((values, context) => {
    for (const { index, message } of judge(values)) {
      context.addIssue({ code: "custom", message, path: index === undefined ? [] : [index] });
    }
  });
}

const corsSchema = z.strictObject({
  /**
   * Origins of the pages that may call the API, 1 to 20, as browsers send them: `https://app.example.com`, with a port
   * if it is not the scheme's default. `["*"]` allows every origin; a page still needs the API key.
   */
  origins: judgedList("must be an origin, like https://app.example.com", originProblems)
    .min(1, "must name an origin at least. Without browsers, leave cors out")
    .max(20),
  /** Request headers that pages may send besides content-type and x-api-key. The API does not read them. */
  headers: judgedList("must be the name of a request header", headerProblems).default([]),
  /**
   * Seconds that a browser may cache the answer to a preflight request, 0 to 86,400. A change of the other settings
   * takes this long to reach every browser. Chrome caches for at most two hours.
   */
  maxAgeSeconds: z.int().min(0).max(86400).default(600),
});

/** Settings under `streaming-ml:api`. */
export const apiConfigSchema = z
  .strictObject({
    /** Last part of the API's address. A change replaces the stage and so the address. */
    stageName: z
      .string()
      .regex(/^[a-zA-Z0-9_]{1,128}$/, "must be 1 to 128 letters, digits and underscores")
      .default("live"),
    /** `apiKey`: API key in the x-api-key header. `iam`: requests signed with Signature Version 4, and the API key. */
    authorization: z.enum(["apiKey", "iam"]).default("apiKey"),
    /** Throttling of the stage; above it clients get 429. */
    throttle: throttleSchema.prefault({ ratePerSecond: 50, burst: 100 }),
    /** Quota of each API key. Absent: no quota. */
    quota: quotaSchema.optional(),
    /** Integration timeout: how long API Gateway waits for the model, in milliseconds, at most 29,000. */
    timeoutMilliseconds: z.int().min(50).max(29000).default(29000),
    /**
     * Maximum instances in one request, 1 to 64. Always 1 for a model whose instances have an array of variable
     * length: TensorFlow Serving takes one shape per request.
     */
    maxInstances: z.int().min(1).max(64).default(64),
    /** Trace requests with X-Ray. */
    tracing: z.boolean().default(true),
    /** One line per request in CloudWatch Logs. Absent: none. */
    accessLog: accessLogSchema.optional(),
    /** An AWS WAF web ACL in front of the stage. Absent: none. */
    waf: wafSchema.optional(),
    /** Let pages in browsers call the API. */
    cors: corsSchema.optional(),
  })
  .refine(
    (config) => !(config.waf && config.waf.requestsPerFiveMinutes < admittedInWindow(config)),
    {
      when: hasFields,
      path: ["waf", "requestsPerFiveMinutes"],
      error: ({ input }) => {
        const config = input as Admitted & { throttle: Throttle };
        const { ratePerSecond, burst } = config.throttle;
        return (
          `must be at least ${admittedInWindow(config)}, which is what throttle admits in five minutes ` +
          `(${ratePerSecond} a second for ${FIREWALL_WINDOW_SECONDS} seconds and a burst of ${burst})` +
          (config.cors === undefined ? "" : ", and a preflight of a browser for each") +
          ": with less, the firewall blocks clients behind one address that the stage would serve. Raise it, or lower throttle"
        );
      },
    },
  );

type Throttle = z.infer<typeof throttleSchema>;

/** The settings that decide how much the stage serves, as far as they are valid. */
interface Admitted {
  readonly throttle?: Throttle;
  readonly cors?: unknown;
}

/** Maximum requests that the stage serves in the firewall's window; the firewall counts preflight requests, too. */
function admittedInWindow({ throttle, cors }: Admitted): number {
  const calls = throttle
    ? Math.ceil(throttle.ratePerSecond * FIREWALL_WINDOW_SECONDS) + throttle.burst
    : 0;
  return cors === undefined ? calls : 2 * calls;
}

export type ApiConfig = z.infer<typeof apiConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type ApiSettings = z.input<typeof apiConfigSchema>;
export type CorsConfig = z.infer<typeof corsSchema>;
