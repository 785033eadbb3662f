import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as fs from "node:fs";
import * as path from "node:path";
import { DemoRun } from "../../local/demo/demoRun";
import { clientSettings } from "../../local/demo/storage";

/** Block of SHA-256, which HMAC pads a key to (RFC 2104). */
const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * The text of a secret of a run's stack. The job hashes user ids with the bytes of the one text, and encrypts refused
 * records with those that the other is the base64 of.
 */
export async function secretKey(
  run: DemoRun,
  name: "user-key" | "quarantine-key",
): Promise<Buffer> {
  const client = new SecretsManagerClient(clientSettings(run.variables, "AWS_ENDPOINT_URL"));
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  const secret = SecretList.find(({ Name }) => Name?.includes(name));
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret?.ARN }));
  return Buffer.from(SecretString ?? "");
}

/** Ways in which the key, or HMAC's pads, which are as good as the key, could stand in a file. */
export function spellingsOf(key: Buffer): Buffer[] {
  const padded = Buffer.concat([key, Buffer.alloc(BLOCK_BYTES - key.length)]);
  const pads = [INNER, OUTER].map((byte) => Buffer.from(padded.map((one) => one ^ byte)));
  const decoded = Buffer.from(key.toString(), "base64");
  return [key, decoded, ...pads].flatMap((secret) => {
    const hex = secret.toString("hex");
    // The part of a base64 text that is the same whatever follows.
    const base64 = secret.toString("base64").replace(/.?=*$/, "");
    return [secret, Buffer.from(hex), Buffer.from(hex.toUpperCase()), Buffer.from(base64)];
  });
}

/** Files below a folder that hold any of the given byte strings, relative to it. */
export function filesHolding(folder: string, needles: readonly Buffer[]): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = read(file);
      return needles.some((needle) => content.includes(needle));
    })
    .map((file) => path.relative(folder, file));
}

/** Empty for a file that a running service has removed in between. */
function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return Buffer.alloc(0);
    }
    throw error;
  }
}
