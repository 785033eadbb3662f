import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";

import { grant, type NamedRole } from "../shared/iam";

export interface SecretKeyArgs {
  readonly description: string;
  /** A higher one makes a new key. */
  readonly version: number;
  /** Encrypts the secret; absent: the key that Secrets Manager has in every account. */
  readonly kmsKey?: aws.kms.Key;
  readonly protect: boolean;
  /** Leave older versions where they are: what was encrypted with them is still there. */
  readonly keepVersions?: boolean;
}

/** Bytes of a key: as much as HMAC-SHA-256 makes use of, and what AES-256 wants. */
const KEY_BYTES = 32;

/**
 * A random key, in base64, in a secret of its own. No component: its resources are children of `owner`, under the
 * names they had before there were two keys.
 */
export class SecretKey {
  /** ARN of the secret; known once it has a value. */
  public readonly arn: pulumi.Output<string>;
  /** Id of the version that holds the key. */
  public readonly versionId: pulumi.Output<string>;
  private readonly owner: pulumi.ComponentResource;
  private readonly kmsKey?: aws.kms.Key;

  constructor(owner: pulumi.ComponentResource, name: string, args: SecretKeyArgs) {
    this.owner = owner;
    this.kmsKey = args.kmsKey;
    const opts = { parent: owner, protect: args.protect };
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        description: args.description,
        ...(args.kmsKey === undefined ? {} : { kmsKeyId: args.kmsKey.arn }),
        // A lost key makes old and new pseudonyms of the same user differ for ever, and quarantine unreadable.
        recoveryWindowInDays: args.protect ? 30 : 0,
      },
      opts,
    );
    const version = new aws.secretsmanager.SecretVersion(
      `${name}-v${args.version}`,
      {
        secretId: secret.id,
        secretString: pulumi.secret(randomBytes(KEY_BYTES).toString("base64")),
      },
      {
        ...opts,
        // Every run of the program proposes a new value; only the one that created this version counts.
        ignoreChanges: ["secretString"],
        retainOnDelete: args.keepVersions,
      },
    );
    this.arn = version.arn;
    this.versionId = version.versionId;
  }

  /** Lets a role read the key, its older versions too, and no other secret. */
  public grantRead(name: string, role: NamedRole, sid: string): aws.iam.RolePolicy {
    return grant(this.owner, name, role, [
      { Sid: sid, Action: "secretsmanager:GetSecretValue", Resource: this.arn },
      ...(this.kmsKey === undefined
        ? []
        : [{ Sid: "UseKey", Action: "kms:Decrypt", Resource: this.kmsKey.arn }]),
    ]);
  }
}
