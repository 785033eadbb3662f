import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";

const MISSING = "ResourceNotFoundException";

function client({ location }: HandlerContext): SecretsManagerClient {
  return new SecretsManagerClient(connectionTo("SECRETS_MANAGER", location.region));
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function describe(properties: Properties, context: HandlerContext): Promise<unknown> {
  return client(context).send(
    new DescribeSecretCommand({ SecretId: text(properties.secretId ?? properties.arn) }),
  );
}

/** Secrets in the stand-in. */
export const securityHandlers: HandlerTable = {
  "aws:secretsmanager/secret:Secret": {
    async create(inputs, context) {
      const created = await client(context).send(
        new CreateSecretCommand({
          Name: text(inputs.name),
          Description: optionalText(inputs.description),
        }),
      );
      return { id: created.ARN, outputs: { arn: created.ARN } };
    },
    async update(id, _olds, news, context) {
      await client(context).send(
        new UpdateSecretCommand({ SecretId: id, Description: text(news.description) }),
      );
      return undefined;
    },
    delete: (id, _properties, context) =>
      ignoreMissing(
        client(context).send(
          new DeleteSecretCommand({ SecretId: id, ForceDeleteWithoutRecovery: true }),
        ),
        MISSING,
      ),
    exists: (_id, properties, context) => isPresent(describe(properties, context), MISSING),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    async create(inputs, context) {
      const version = await client(context).send(
        new PutSecretValueCommand({
          SecretId: text(inputs.secretId),
          SecretString: optionalText(inputs.secretString),
        }),
      );
      return {
        id: `${text(inputs.secretId)}|${text(version.VersionId)}`,
        outputs: { versionId: version.VersionId },
      };
    },
    // Deleted with its secret; Secrets Manager has no call that deletes a version.
    delete: () => Promise.resolve(),
    exists: (_id, properties, context) => isPresent(describe(properties, context), MISSING),
  },
};
