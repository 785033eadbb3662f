import { z } from "zod";

/** What a stack file may say under `streaming-ml:alarms`. */
export const alarmsConfigSchema = z.strictObject({
  /** Addresses that get a mail for every alarm. Each has to confirm once. */
  emails: z.array(z.email("must be an e-mail address")).default([]),
  /** Iterator age that alarms, as a share of the stream's retention, above 0 and at most 0.9. */
  iteratorAgeShareOfRetention: z.number().gt(0).max(0.9).default(0.5),
  /** Freshness (p95) that alarms, as a multiple of what the job is configured for. */
  freshnessFactor: z.number().min(1).max(100).default(3),
});

export type AlarmsConfig = z.infer<typeof alarmsConfigSchema>;
