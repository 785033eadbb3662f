import { z } from "zod";

import {
  DEFAULT_INFERENCE_VERSION,
  DEFAULT_TRAINING_VERSION,
  INFERENCE_IMAGES,
  TRAINING_IMAGES,
} from "../runtimes/tensorflowImages";
import { modelPackageGroupName } from "../shared/modelPackageGroupName";
import { hasFields } from "../shared/schema";

const instanceType = z
  .string()
  .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "must be a SageMaker instance type such as ml.m5.xlarge");

/** Cron or rate expression as EventBridge Scheduler reads it. */
const scheduleSchema = z.strictObject({
  /** `rate(7 days)`, `cron(0 3 ? * MON *)` or `at(...)`. */
  expression: z
    .string()
    .regex(
      /^(rate|cron|at)\(.+\)$/,
      "must be rate(...), cron(...) or at(...), for example rate(7 days)",
    ),
  /** IANA time zone the expression is read in. */
  timezone: z.string().min(1).default("UTC"),
});

/** One of the known versions; any other image is named as a whole. */
function imageVersion<V extends string>(images: Readonly<Record<V, unknown>>, otherwise: string) {
  const known = Object.keys(images) as [V, ...V[]];
  return z.enum(known, {
    error: `must be ${known.join(" or ")}; an image of another version goes under ${otherwise}`,
  });
}

/** What a stack file may say under `streaming-ml:training`. */
export const trainingConfigSchema = z
  .strictObject({
    /** Instance type of the training job. */
    instanceType: instanceType.default("ml.m5.xlarge"),
    /** Instances of the training job; more than one trains with MultiWorkerMirroredStrategy. */
    instanceCount: z.int().min(1).max(20).default(1),
    /** Volume of each training and evaluation instance, in GB. */
    volumeSizeGb: z.int().min(1).max(16384).default(50),
    /** Longest a training job may run, in minutes. */
    maxRuntimeMinutes: z.int().min(1).max(40320).default(120),
    /** Train on spot capacity, with checkpoints, and wait up to `spotMaxWaitMinutes` for it. */
    spot: z.boolean().default(false),
    /** Longest a spot training job may take, waiting included, in minutes. At least `maxRuntimeMinutes`. */
    spotMaxWaitMinutes: z.int().min(1).max(40320).default(360),
    /** Instance type of the evaluation (a processing job, always one instance). */
    evaluationInstanceType: instanceType.default("ml.m5.xlarge"),
    /** Default of the pipeline parameter Epochs: passes over the training split. Absent: the workload's. */
    epochs: z.int().min(1).max(1000).optional(),
    /** Default of the pipeline parameter MinMetric: the candidate's gate metric must reach it. Absent: the workload's. */
    minMetric: z.number().optional(),
    /** How far the candidate's gate metric may lie below the approved model's. */
    tolerance: z.number().min(0).default(0),
    /** `automatic` registers packages as Approved, `manual` waits for `npm run ops -- approve`. */
    approval: z.enum(["automatic", "manual"]).default("manual"),
    /** Retraining by the clock. Absent: only by `npm run ops -- train`. */
    schedule: scheduleSchema.optional(),
    /** Run training and evaluation inside the stack's VPC. */
    inVpc: z.boolean().default(false),
    /** Physical name of the model package group. @default streaming-ml-<stack> */
    modelPackageGroupName: modelPackageGroupName.optional(),
    /** Version of TensorFlow in AWS's training image. */
    frameworkVersion: imageVersion(TRAINING_IMAGES, "trainingImage").default(
      DEFAULT_TRAINING_VERSION,
    ),
    /** Version of TensorFlow Serving in AWS's serving image. */
    inferenceVersion: imageVersion(INFERENCE_IMAGES, "inferenceImage").default(
      DEFAULT_INFERENCE_VERSION,
    ),
    /** Complete URI of another training image, instead of AWS's TensorFlow image. */
    trainingImage: z.string().min(1).optional(),
    /** Complete URI of another serving image, instead of AWS's TensorFlow Serving image. */
    inferenceImage: z.string().min(1).optional(),
  })
  .refine((config) => !config.spot || config.spotMaxWaitMinutes >= config.maxRuntimeMinutes, {
    when: hasFields,
    path: ["spotMaxWaitMinutes"],
    error:
      "must be at least maxRuntimeMinutes, because the wait for spot capacity includes the run: raise it, or lower maxRuntimeMinutes",
  });

export type TrainingConfig = z.infer<typeof trainingConfigSchema>;
/** The same as it is given, with defaults left out. */
export type TrainingSettings = z.input<typeof trainingConfigSchema>;

/** Whether the instances of a training job need a way to each other through the stack's VPC. */
export function workersInVpc({ inVpc, instanceCount }: TrainingConfig): boolean {
  return inVpc && instanceCount > 1;
}
