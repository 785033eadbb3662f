import { z } from "zod";

import { hasFields, orOutput } from "../shared/schema";

/** Memory (MB) and concurrency of a serverless endpoint whose stack file says nothing. */
export const SERVERLESS_DEFAULTS = { memoryMb: 2048, maxConcurrency: 10 } as const;

const serverlessSchema = z.strictObject({
  /** Memory in MB: 1024 to 6144 in steps of 1024. */
  memoryMb: z.int().min(1024).max(6144).multipleOf(1024).default(SERVERLESS_DEFAULTS.memoryMb),
  /** Requests answered at the same time, 1 to 200. */
  maxConcurrency: z.int().min(1).max(200).default(SERVERLESS_DEFAULTS.maxConcurrency),
});

const instancesSchema = z
  .strictObject({
    /** Instance type behind the endpoint. A change makes a new endpoint and repoints the API. */
    type: z
      .string()
      .regex(
        /^ml\.[a-z0-9-]+\.[a-z0-9]+$/,
        "must be a SageMaker instance type such as ml.c5.large",
      ),
    /** Fewest instances; also the count a new endpoint starts with. */
    minCount: z.int().min(1).max(1000).default(1),
    /** Most instances. Equal to `minCount`: no autoscaling. */
    maxCount: z.int().min(1).max(1000).default(1),
    /** Invocations per minute and instance that target tracking holds. */
    targetInvocationsPerMinute: z.int().min(1).default(1000),
    /** Seconds before another scale-in. Long, because a model takes minutes to load again. */
    scaleInCooldownSeconds: z.int().min(0).max(86400).default(600),
    /** Seconds before another scale-out. */
    scaleOutCooldownSeconds: z.int().min(0).max(86400).default(120),
  })
  .refine((instances) => !(instances.maxCount < instances.minCount), {
    when: hasFields,
    path: ["maxCount"],
    error: "must be at least minCount: raise it, or lower minCount",
  });

const deploymentSchema = z.strictObject({
  /**
   * `canary` shifts `canaryPercent` first and `allAtOnce` everything, to a second fleet; `rolling`
   * replaces `rollingPercent` of the instances at a time. Each rolls back when an alarm fires.
   */
  strategy: z.enum(["canary", "allAtOnce", "rolling"]).default("allAtOnce"),
  /** Share of the capacity that takes traffic first, in percent, 5 to 50. */
  canaryPercent: z.int().min(5).max(50).default(10),
  /** Share of the instances that a rolling update replaces at a time, in percent, 5 to 50. */
  rollingPercent: z.int().min(5).max(50).default(25),
  /** How long the alarms are watched before the rest, or the next share, follows, in seconds. */
  waitSeconds: z.int().min(0).max(3600).default(300),
  /** How long the old instances stay after the shift, in seconds. Not with `rolling`. */
  terminationWaitSeconds: z.int().min(0).max(3600).default(0),
  /** Longest an update may take, in seconds. */
  timeoutSeconds: z.int().min(600).max(28800).default(3600),
  /**
   * How long the old endpoint goes on serving after another mode or instance type has moved the API
   * to a new one, in seconds: API Gateway takes a few to tell all its servers.
   */
  drainSeconds: z.int().min(0).max(3600).default(60),
  /** Server errors per minute at which an update rolls back. */
  maxServerErrorsPerMinute: z.int().min(1).default(5),
  /** Model latency (p95, milliseconds) above which an update rolls back. */
  maxModelLatencyMs: z.int().min(1).default(2000),
});

const deployOnApprovalSchema = z.strictObject({
  /** GitHub repository whose deploy workflow is started, `owner/name`. */
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "must be a GitHub repository such as owner/name"),
  /**
   * EventBridge connection that holds the GitHub token. Made once by hand (docs/operations.md), so
   * that the token never passes through Pulumi.
   */
  connectionArn: z
    .string()
    .regex(
      /^arn:[^:]+:events:[^:]+:\d{12}:connection\/.+$/,
      "must be the ARN of an EventBridge connection",
    ),
});

const dataCaptureSchema = z.strictObject({
  /** Share of requests and answers kept in the lake, in percent, 1 to 100. */
  samplingPercent: z.int().min(1).max(100),
});

const onlyWithInstances =
  'is not possible with mode "serverless" (SageMaker refuses it): remove it or use mode "instances"';

/** What a stack file may say under `streaming-ml:endpoint`. */
export const endpointConfigSchema = z
  .strictObject({
    /** `serverless` costs nothing when idle; `instances` scales between two bounds. */
    mode: z.enum(["serverless", "instances"]),
    /** Size of a serverless endpoint. Absent with mode serverless: its defaults. */
    serverless: serverlessSchema.optional(),
    /** Type and number of the instances. Required with mode instances, and only there. */
    instances: instancesSchema.optional(),
    /** How an update moves traffic to the new model, and when it rolls back. */
    deployment: deploymentSchema.prefault({}),
    /** Serve this version of the model package group instead of the newest approved one. For emergencies. */
    pinnedModelVersion: z.int().min(1).optional(),
    /**
     * What becomes of the endpoint when no package is approved any more: `keep` leaves it serving what it serves, with a
     * warning, `remove` deletes it.
     */
    withoutApprovedModel: z.enum(["keep", "remove"]).default("keep"),
    /** How many older endpoint configurations and models stay after a successful update. */
    keepPrevious: z.int().min(0).max(50).default(3),
    /** Start the deploy workflow when a model of the group is approved or rejected. */
    deployOnApproval: deployOnApprovalSchema.optional(),
    /** Keep sampled requests and answers in the lake. Mode instances only. */
    dataCapture: dataCaptureSchema.optional(),
    /** Cut the container off from every network. Mode instances only. */
    networkIsolation: z.boolean().default(false),
    /** Place the endpoint's network interfaces in the stack's VPC. Mode instances only. */
    inVpc: z.boolean().default(false),
    /** Customer key for the instances' volumes. Mode instances only. */
    volumeKeyArn: orOutput(z.string().regex(/^arn:/, "must be the ARN of a KMS key")).optional(),
  })
  .refine((config) => config.mode !== "instances" || config.instances !== undefined, {
    when: hasFields,
    path: ["instances"],
    error: 'is required with mode "instances": say at least its type, for example ml.c5.large',
  })
  .refine((config) => config.mode !== "instances" || config.serverless === undefined, {
    when: hasFields,
    path: ["serverless"],
    error: 'does nothing with mode "instances": remove it or change the mode',
  })
  .refine((config) => config.mode !== "serverless" || config.instances === undefined, {
    when: hasFields,
    path: ["instances"],
    error: 'does nothing with mode "serverless": remove it or change the mode',
  })
  .refine((config) => config.mode !== "serverless" || config.dataCapture === undefined, {
    when: hasFields,
    path: ["dataCapture"],
    error: onlyWithInstances,
  })
  .refine((config) => config.mode !== "serverless" || config.networkIsolation !== true, {
    when: hasFields,
    path: ["networkIsolation"],
    error: onlyWithInstances,
  })
  .refine((config) => config.mode !== "serverless" || config.inVpc !== true, {
    when: hasFields,
    path: ["inVpc"],
    error: onlyWithInstances,
  })
  .refine((config) => config.mode !== "serverless" || config.volumeKeyArn === undefined, {
    when: hasFields,
    path: ["volumeKeyArn"],
    error: onlyWithInstances,
  })
  .refine((config) => config.mode !== "serverless" || !isGradual(config.deployment?.strategy), {
    when: hasFields,
    path: ["deployment", "strategy"],
    error: '"canary" and "rolling" need mode "instances": with "serverless" use "allAtOnce"',
  })
  .refine(
    ({ mode, instances, deployment }) =>
      mode !== "instances" || !isGradual(deployment?.strategy) || instances?.minCount !== 1,
    {
      when: hasFields,
      path: ["deployment", "strategy"],
      error:
        "needs two instances: SageMaker shifts at most half of a fleet first. Set instances.minCount to 2 or " +
        'more, or use "allAtOnce"',
    },
  );

function isGradual(strategy: string | undefined): boolean {
  return strategy === "canary" || strategy === "rolling";
}

export type EndpointConfig = z.infer<typeof endpointConfigSchema>;
/** The same as it is given, with defaults left out. */
export type EndpointSettings = z.input<typeof endpointConfigSchema>;
export type InstancesConfig = z.infer<typeof instancesSchema>;
export type ServerlessConfig = z.infer<typeof serverlessSchema>;
export type DeployOnApprovalConfig = z.infer<typeof deployOnApprovalSchema>;
export type DeploymentConfig = z.infer<typeof deploymentSchema>;
