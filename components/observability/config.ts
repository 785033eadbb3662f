import { z } from "zod";

/** What a stack file may say under `streaming-ml:alarms`. */
export const alarmsConfigSchema = z.strictObject({
  /** Addresses that get a mail for every alarm. Each has to confirm once. */
  emails: z.array(z.email("must be an e-mail address")).default([]),
  /** Iterator age that alarms, as a share of the stream's retention, above 0 and at most 0.9. */
  iteratorAgeShareOfRetention: z.number().gt(0).max(0.9).default(0.5),
  /** Freshness (p95) that alarms, as a multiple of job.freshnessSeconds, or of the 12 s EMR's connector needs. */
  freshnessFactor: z.number().min(1).max(100).default(3),
  /** Share of refused records that alarms, above 0 and at most 1. */
  quarantinedShare: z.number().gt(0).max(1).default(0.05),
});

export type AlarmsConfig = z.infer<typeof alarmsConfigSchema>;
