import { z } from "zod";

import { protocolOf } from "./recipientProtocol";

const recipientSchema = z.string().refine((recipient) => protocolOf(recipient) !== undefined, {
  error:
    "must be an email address, an https:// address, or the ARN of an SQS queue or a Lambda function",
});

/** What a stack file may say under `streaming-ml:alarms`. */
export const alarmsConfigSchema = z.strictObject({
  /**
   * Who is told of every alarm and failure: email addresses and https:// addresses, which have to confirm once, and
   * ARNs of SQS queues and Lambda functions, whose own policy has to let the topic in. `none` for nobody.
   */
  recipients: z.union([z.literal("none"), z.array(recipientSchema).min(1)], {
    error:
      'must say who is told when something breaks: a list of email addresses, https:// addresses and ARNs of SQS queues or Lambda functions, or the word "none"',
  }),
  /** Age of the oldest unread record, and lag of the job, that alarm, as a share of the stream's retention, above 0 and at most 0.9. */
  iteratorAgeShareOfRetention: z.number().gt(0).max(0.9).default(0.5),
  /** Freshness (p95) that alarms, as a multiple of job.freshnessSeconds. */
  freshnessFactor: z.number().min(1).max(100).default(3),
  /** Share of refused records that alarms, above 0 and at most 1. */
  quarantinedShare: z.number().gt(0).max(1).default(0.05),
});

export type AlarmsConfig = z.infer<typeof alarmsConfigSchema>;
/** The same as it is given, with defaults left out. */
export type AlarmsSettings = z.input<typeof alarmsConfigSchema>;
