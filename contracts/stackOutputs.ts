import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { compiledContractSchema } from "./event/compiledContractSchema";
import { shownValue } from "./shownValue";

/** Raised when a field is removed or changes its meaning; a new optional field does not raise it. */
export const CONTRACT_VERSION = 1;

const queriesSchema = z.object({
  /** Name of the workgroup; a query has to name it. */
  workgroup: z.string().min(1),
  /** `s3://` address of the results, which expire. */
  resultsUri: z.string().min(1),
});

/**
 * What a deployed stack publishes for other teams, in one stack output named `streamingMl`.
 * The API key's value is not in it: it is the secret output `apiKey`.
 */
export const stackOutputsSchema = z.object({
  contractVersion: z.literal(CONTRACT_VERSION),
  /** AWS region of everything below. */
  region: z.string().min(1),
  /** AWS account of everything below; the operations commands refuse any other. */
  accountId: z.string().regex(/^\d{12}$/, "must be a 12-digit account id"),
  stream: z.object({
    name: z.string().min(1),
    arn: z.string().min(1),
    /**
     * Customer key of the stream: producers need `kms:GenerateDataKey` on it. Absent: alias/aws/kinesis, which
     * needs no permission.
     */
    keyArn: z.string().min(1).optional(),
  }),
  /** The events of the stream: docs/events.md. Absent in stacks of earlier releases. */
  events: z
    .object({
      /** Name of the folder in `workloads/` that describes the events. */
      workload: z.string().min(1),
      /** The compiled contract that records are checked against. */
      contract: compiledContractSchema,
    })
    .optional(),
  lake: z.object({
    bucket: z.string().min(1),
    /** Version of the lake: it decides prefixes, tables and checkpoint. Absent: 1. */
    version: z.int().min(1).optional(),
    /**
     * Customer key of the bucket and of the secret keys: readers need `kms:Decrypt` on it. Absent: AWS's own keys,
     * which need no permission.
     */
    keyArn: z.string().min(1).optional(),
    /** `s3a://` prefix of the valid events. */
    eventsUri: z.string().min(1),
    /** `s3a://` prefix of the refused records. */
    quarantineUri: z.string().min(1),
    /** Secret with the key that decrypts them, a version per `key_version`. Absent in stacks of earlier releases. */
    quarantineKeySecretArn: z.string().min(1).optional(),
    /** Glue database and table that Athena reads. */
    database: z.string().min(1),
    table: z.string().min(1),
    /** Table of closed hours in few large files: what is older than a few days is only there. */
    historyTable: z.string().min(1).optional(),
    /** EventBridge schedule that fills it. */
    compactionSchedule: z.string().min(1).optional(),
    /** Athena workgroup for valid events. Absent in stacks of earlier releases. */
    queries: queriesSchema.optional(),
    /** Athena workgroup for refused records. */
    quarantineQueries: queriesSchema.optional(),
  }),
  artifacts: z.object({
    bucket: z.string().min(1),
    /** Customer key of the bucket, the lake's. */
    keyArn: z.string().min(1).optional(),
  }),
  cluster: z.object({ id: z.string().min(1) }),
  job: z.object({
    name: z.string().min(1),
    /** `s3a://` address of the job's lock, which names the writer and its progress. */
    lockUri: z.string().min(1),
    checkpointUri: z.string().min(1),
  }),
  training: z.object({
    pipelineName: z.string().min(1),
    modelPackageGroupName: z.string().min(1),
  }),
  /** null until a model is approved and `pulumi up` has run. */
  endpoint: z
    .object({
      name: z.string().min(1),
      variantName: z.string().min(1),
      modelPackageArn: z.string().min(1),
      /** What the model was trained with. Absent in stacks of earlier releases. */
      serves: z
        .object({
          /** Name of its workload, a folder of `workloads/`. */
          workload: z.string().min(1),
          /** SHA-256 of the compiled event contract that its training set was made with. */
          eventContract: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256"),
          /** `s3://` address of the prediction schema: docs/predictions.md. */
          predictionSchemaUri: z.string().min(1),
        })
        .optional(),
    })
    .nullable(),
  api: z.object({
    /** Base address, without a trailing slash: append `/v1/predictions`. */
    url: z.string().min(1),
    /** `s3://` address of the OpenAPI document this stage serves. */
    openApiUri: z.string().min(1),
    /** Id of the stack's own API key; its value is the secret output `apiKey`. */
    apiKeyId: z.string().min(1),
    /**
     * Resource of `execute-api:Invoke` in a caller's policy if the API requires signed requests: every
     * operation of the stage. Absent in stacks of earlier releases.
     */
    invokeArn: z.string().min(1).optional(),
  }),
  /** Roles to assume, each if the stack file says who may. Absent in stacks of earlier releases. */
  access: z
    .object({
      producerRoleArn: z.string().min(1).optional(),
      lakeReaderRoleArn: z.string().min(1).optional(),
      quarantineReaderRoleArn: z.string().min(1).optional(),
      onCallRoleArn: z.string().min(1).optional(),
    })
    .optional(),
  /** Absent in stacks of earlier releases. */
  alarms: z
    .object({
      /** Topic of every alarm and failure event; subscribe to it to be notified. */
      topicArn: z.string().min(1),
    })
    .optional(),
});

export type StackOutputs = z.infer<typeof stackOutputsSchema>;

/** Name of the stack output that holds {@link StackOutputs}. */
export const STACK_OUTPUT_NAME = "streamingMl";

/**
 * Checks a value that was read from elsewhere (`pulumi stack output --json`, a StackReference).
 *
 * @param value the stack output `streamingMl`
 * @param source how to name the stack in an error, for example `stack "dev"`
 * @throws Error one sentence per problem, all at once
 */
export function parseStackOutputs(value: unknown, source: string): StackOutputs {
  if (value === undefined || value === null) {
    throw new Error(
      `${source} has no output "${STACK_OUTPUT_NAME}". Deploy it first: pulumi up on that stack.`,
    );
  }
  const version = (value as { contractVersion?: unknown }).contractVersion;
  if (version !== CONTRACT_VERSION) {
    throw new Error(
      `${source} speaks version ${shownValue(version)} of the outputs contract, this reader ` +
        `version ${CONTRACT_VERSION}. Use the reader of the release that deployed it.`,
    );
  }
  const result = stackOutputsSchema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(
    (issue) => `- ${[STACK_OUTPUT_NAME, ...issue.path].join(".")}: ${issue.message}`,
  );
  throw new Error(
    `${source} has outputs this reader cannot use:\n${problems.join("\n")}\n` +
      "Run pulumi up on that stack with the release this reader belongs to.",
  );
}

/**
 * The typed outputs of a streaming-ml stack, in another Pulumi program. The program fails with one sentence if the stack
 * has none.
 *
 * It is a Promise and not an Output: an error in an Output that a resource uses makes Node 20 print the whole program
 * state for minutes.
 *
 * @example
 * export = async () => {
 *   const streamingMl = await readStackOutputs(new pulumi.StackReference("org/streaming-ml/dev"));
 *   return { predictions: streamingMl.api.url };
 * };
 * @throws pulumi.RunError without a stack trace
 */
export async function readStackOutputs(reference: pulumi.StackReference): Promise<StackOutputs> {
  const output = await reference.getOutputDetails(STACK_OUTPUT_NAME);
  try {
    return parseStackOutputs(output.value, "The referenced streaming-ml stack");
  } catch (error) {
    const { RunError } = await import("@pulumi/pulumi");
    const readable = new RunError((error as Error).message);
    readable.stack = undefined;
    throw readable;
  }
}
