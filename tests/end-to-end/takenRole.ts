import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

import type { LocalRun } from "../../local/run/localRun";

/** Credentials of somebody who has taken one of a stack's roles. */
export interface TakenRole {
  /** By which every AWS SDK in a command signs as the role. */
  readonly variables: Readonly<Record<string, string>>;
  readonly s3: S3Client;
}

/** Takes a role as an administrator of the account would. */
export async function takeRole(run: LocalRun, RoleArn = ""): Promise<TakenRole> {
  const { variables } = run;
  const region = variables.AWS_REGION;
  const administrator = {
    accessKeyId: variables.AWS_ACCESS_KEY_ID,
    secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
  };
  const endpoint = variables.AWS_ENDPOINT_URL;
  const sts = new STSClient({ endpoint, region, credentials: administrator });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "end-to-end" }),
  );
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } =
    Credentials ?? {};
  return {
    variables: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    s3: new S3Client({
      endpoint: variables.AWS_ENDPOINT_URL_S3,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    }),
  };
}
