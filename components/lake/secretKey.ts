import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";

import { grant, type NamedRole } from "../shared/iam";

export interface SecretKeyArgs {
  readonly description: string;
  /** A higher one creates a new key. */
  readonly version: number;
  /** Encrypts the secret. Absent: the AWS managed key of Secrets Manager. */
  readonly kmsKey?: aws.kms.Key;
  readonly protect: boolean;
  /** Keep older versions: data encrypted with them still exists. */
  readonly keepVersions?: boolean;
}

/** Bytes of a key: the useful maximum of HMAC-SHA-256, and the size that AES-256 needs. */
const KEY_BYTES = 32;

/**
 * A random key, in base64, in its own secret. Not a component: its resources are children of `owner`, with the names
 * they had before there were two keys.
 */
export class SecretKey {
  /** ARN of the secret; known once it has a value. */
  public readonly arn: pulumi.Output<string>;
  /** Id of the version with the key. */
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
        // If the key is lost, new pseudonyms never match the old ones, and the quarantine stays unreadable.
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
        // Every run of the program generates a new value; only the one that created this version is used.
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
