import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";

import { print as show } from "../../tools/terminal";
import { formatStatus } from "../format";
import { openStack, type StackReference } from "../stack";
import { readStatus } from "../status";

interface StatusOptions extends StackReference {
  /** Print JSON instead of tables. */
  readonly json?: boolean;
}

/** `ops status`: shows job, training, endpoint and models. */
export async function status({ json, ...reference }: StatusOptions): Promise<void> {
  const outputs = await openStack(reference);
  const clients = {
    sagemaker: new SageMakerClient({ region: outputs.region }),
    s3: new S3Client({ region: outputs.region }),
  };
  const read = await readStatus(clients, outputs);
  show(json ? JSON.stringify(read, undefined, 2) : formatStatus(read));
}
