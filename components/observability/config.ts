import { z } from "zod";

import { protocolOf } from "./recipientProtocol";

const recipientSchema = z.string().refine((recipient) => protocolOf(recipient) !== undefined, {
  error:
    "must be an email address, an https:// address, or the ARN of an SQS queue or a Lambda function",
});

/** Settings under `streaming-ml:alarms`. */
export const alarmsConfigSchema = z.strictObject({
  /**
   * Recipients of every alarm and failure: email addresses and https:// URLs, which have to confirm their subscription
   * once, and ARNs of SQS queues and Lambda functions, whose own policy must allow the topic. `none` for nobody.
   */
  recipients: z.union([z.literal("none"), z.array(recipientSchema).min(1)], {
    error:
      'must say who is told when something breaks: a list of email addresses, https:// addresses and ARNs of SQS queues or Lambda functions, or the word "none"',
  }),
  /** Threshold for iterator age and the job's lag, as a share of the stream's retention, above 0 and at most 0.9. */
  iteratorAgeShareOfRetention: z.number().gt(0).max(0.9).default(0.5),
  /** Threshold for freshness (p95), as a multiple of job.freshnessSeconds. */
  freshnessFactor: z.number().min(1).max(100).default(3),
  /** Threshold for the share of refused records, above 0 and at most 1. */
  quarantinedShare: z.number().gt(0).max(1).default(0.05),
});

export type AlarmsConfig = z.infer<typeof alarmsConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type AlarmsSettings = z.input<typeof alarmsConfigSchema>;
