import { z } from "zod";

/** Every principal of the stack's account whose own policies allow sts:AssumeRole on the role. */
export const OWN_ACCOUNT = "account";

const PRINCIPAL = /^(account|arn:aws(-cn|-us-gov)?:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+))$/;

const principals = z
  .array(
    z
      .string()
      .regex(
        PRINCIPAL,
        'must be "account", or the ARN of an IAM role, of an IAM user or of an account\'s root',
      ),
  )
  .default([]);

/** Settings under `streaming-ml:access`: who may assume which role. A role without principals is not created. */
export const accessConfigSchema = z
  .strictObject({
    /** Who may put events on the stream. */
    producers: principals,
    /** Who may read valid events and their history, through Athena or from S3. */
    lakeReaders: principals,
    /** Who may read refused records and decrypt them: they may hold personal data. */
    quarantineReaders: principals,
    /** Who may inspect the whole pipeline, retrain and reject a model, but not deploy or read events. */
    onCall: principals,
  })
  .prefault({});

export type AccessConfig = z.infer<typeof accessConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type AccessSettings = NonNullable<z.input<typeof accessConfigSchema>>;
