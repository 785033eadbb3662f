import { z } from "zod";

/** Every principal of the stack's account whose own policies let it take the role. */
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

/** What a stack file may say under `streaming-ml:access`: who may take which role. Nobody: no role. */
export const accessConfigSchema = z
  .strictObject({
    /** Who may put events on the stream. */
    producers: principals,
    /** Who may read valid events and their history, through Athena or from S3. */
    lakeReaders: principals,
    /** Who may read refused records and decrypt them: they may hold personal data. */
    quarantineReaders: principals,
    /** Who may look at the whole chain, train again and reject a model, but neither deploy nor read events. */
    onCall: principals,
  })
  .prefault({});

export type AccessConfig = z.infer<typeof accessConfigSchema>;
/** The same as it is given, with defaults left out. */
export type AccessSettings = NonNullable<z.input<typeof accessConfigSchema>>;
