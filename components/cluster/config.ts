import { z } from "zod";

import { releaseProblem, suitableReleases } from "../runtimes/emrReleases";
import { virtualCores } from "../runtimes/instanceTypes";
import { hasFields, orOutput } from "../shared/schema";

const instanceTypes = z
  .array(
    z.string().refine((type) => virtualCores(type) !== undefined, {
      error: "must be an EC2 type with a size this program knows, for example m7g.xlarge",
    }),
  )
  .min(1)
  .max(30)
  .refine((types) => new Set(types.map(virtualCores)).size <= 1, {
    when: hasFields,
    error:
      "must all have the same number of cores: one instance is one unit of capacity, and the limits count units",
  });

const fleetSchema = z.strictObject({
  /** Types EMR may choose from, all with the same number of cores. */
  instanceTypes,
  /** On-demand instances. */
  count: z.int().min(1).max(500),
});

const coreSchema = fleetSchema.extend({
  /** Spot instances among them: none, so only 0. */
  spotCount: z
    .literal(
      0,
      "must be 0: core nodes hold HDFS, and YARN puts drivers on on-demand nodes only. Spot nodes belong under " +
        "cluster.task",
    )
    .optional(),
});

const scalingSchema = z
  .strictObject({
    /** Minimum core and task instances. */
    minimumUnits: z.int().min(1).max(2000),
    /** Maximum core and task instances. */
    maximumUnits: z.int().min(1).max(2000),
    /** Maximum core instances: they hold HDFS, so adding and removing them is slow. */
    maximumCoreUnits: z.int().min(1).max(2000),
    /** Maximum on-demand instances; instances above it are spot. */
    maximumOnDemandUnits: z.int().min(1).max(2000),
  })
  .refine((scaling) => !(scaling.maximumUnits < scaling.minimumUnits), {
    when: hasFields,
    path: ["maximumUnits"],
    error: "must be at least minimumUnits: raise it, or lower minimumUnits",
  })
  .refine((scaling) => !(scaling.maximumCoreUnits > scaling.maximumUnits), {
    when: hasFields,
    path: ["maximumCoreUnits"],
    error: "must be at most maximumUnits: lower it, or raise maximumUnits",
  })
  .refine((scaling) => !(scaling.maximumOnDemandUnits > scaling.maximumUnits), {
    when: hasFields,
    path: ["maximumOnDemandUnits"],
    error: "must be at most maximumUnits: lower it, or raise maximumUnits",
  });

const keyArn = z
  .string()
  .regex(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[^*?]+$/, "must be the ARN of a KMS key");

/** Settings under `streaming-ml:cluster`. */
export const clusterConfigSchema = z
  .strictObject({
    /** EMR release; the job must be built for it. A change replaces the cluster. */
    releaseLabel: z.enum(suitableReleases(), {
      error: ({ input }) =>
        typeof input === "string"
          ? releaseProblem(input)
          : `must be the label of a release, ${suitableReleases().join(" or ")}`,
    }),
    /** Primary nodes: one, or three, which tolerate the loss of one. */
    primary: fleetSchema.extend({ count: z.literal([1, 3], "must be 1 or 3") }),
    /** Core nodes: always on-demand, they hold HDFS and the driver. */
    core: coreSchema,
    /** Types of the spot nodes that scaling adds. Absent: no spot nodes. */
    task: z
      .strictObject({
        /** Types EMR may choose from, all with the same number of cores. */
        instanceTypes,
      })
      .optional(),
    /** Limits of managed scaling: core and task instances, without the primary. */
    scaling: scalingSchema,
    /** Steps that run at the same time, 2 to 256: the streaming job never ends, training sets need another. */
    stepConcurrency: z.int().min(2).max(256).default(4),
    /** Refuse to terminate the cluster until this is false. EMR forces it on with three primaries. */
    terminationProtection: z.boolean().default(true),
    /** Replace unhealthy nodes. Needs terminationProtection, or EMR terminates them without draining. */
    unhealthyNodeReplacement: z.boolean().default(true),
    /** Terminate an idle cluster after this many minutes, 1 to 10,080. Absent: never. */
    idleTerminationMinutes: z.int().min(1).max(10080).optional(),
    /** Encrypt the nodes' disks with a key of this stack. */
    diskEncryption: z.boolean().default(true),
    /** Certificates for in-transit encryption between the nodes. Absent: no in-transit encryption. */
    transitCertificates: z
      .strictObject({
        /** `s3://bucket/key` of a zip with privateKey.pem and certificateChain.pem, which the nodes may read. */
        uri: z
          .string()
          .regex(
            /^s3:\/\/[a-z0-9.-]+\/[^*?]+$/,
            "must be an address such as s3://bucket/nodes.zip",
          ),
        /** ARN of the customer managed key that the zip is encrypted with, if any. */
        keyArn: keyArn.optional(),
      })
      .optional(),
    /**
     * ARN of the key that encrypts the cluster's logs. It can only be set when a cluster is created, so a change
     * replaces the cluster. Absent: the key of the lake's buckets if they have one, otherwise S3 managed keys.
     */
    logEncryptionKeyArn: orOutput(keyArn).optional(),
    /** EBS volume of each node in GB, in addition to its root volume. */
    diskSizeGb: z.int().min(10).max(16384).default(64),
  })
  .refine((config) => !(config.core?.count > config.scaling?.maximumCoreUnits), {
    when: hasFields,
    path: ["scaling", "maximumCoreUnits"],
    error:
      "must be at least core.count, or managed scaling removes core nodes at once: raise it, or lower core.count",
  })
  .refine((config) => !(config.core?.count > config.scaling?.maximumOnDemandUnits), {
    when: hasFields,
    path: ["scaling", "maximumOnDemandUnits"],
    error:
      "must be at least core.count, because core nodes are on-demand: raise it, or lower core.count",
  })
  .refine(
    (config) => !(config.primary?.count === 3 && config.idleTerminationMinutes !== undefined),
    {
      when: hasFields,
      path: ["idleTerminationMinutes"],
      error:
        "makes no sense with three primaries, which are there to stay: remove it or use one primary",
    },
  )
  .refine(
    (config) =>
      config.task !== undefined ||
      !(config.scaling?.maximumOnDemandUnits < config.scaling?.maximumUnits),
    {
      when: hasFields,
      path: ["scaling", "maximumOnDemandUnits"],
      error:
        "leaves room for spot nodes, but there is no `task` fleet: add one or set it to maximumUnits",
    },
  );

export type ClusterConfig = z.infer<typeof clusterConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type ClusterSettings = z.input<typeof clusterConfigSchema>;
export type ScalingConfig = z.infer<typeof scalingSchema>;
