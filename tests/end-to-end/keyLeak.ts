import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { unzipSync } from "fflate";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";

import { clientSettings } from "../../local/demo/storage";
import { LocalRun } from "../../local/run/localRun";

/** Block of SHA-256, which HMAC pads a key to (RFC 2104). */
const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * The text of a secret of a run's stack. The job hashes user ids with the bytes of the one text, and encrypts refused
 * records with those that the other is the base64 of.
 */
export async function secretKey(
  run: LocalRun,
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

/**
 * Files below a folder that hold any of the given byte strings, relative to it; also inside of what is compressed with
 * gzip or packed with zip.
 *
 * @param among whether to look into a file at all. @default every one
 */
export function filesHolding(
  folder: string,
  needles: readonly Buffer[],
  among: (file: string) => boolean = () => true,
): string[] {
  // A run has the same jar once for each step.
  const verdicts = new Map<string, boolean>();
  return filesBelow(folder)
    .filter((file) => among(path.relative(folder, file)))
    .filter((file) => {
      const content = ifThere(() => fs.readFileSync(file)) ?? Buffer.alloc(0);
      const hash = createHash("sha256").update(content).digest("hex");
      const verdict = verdicts.get(hash) ?? holds(content, hash, needles);
      verdicts.set(hash, verdict);
      return verdict;
    })
    .map((file) => path.relative(folder, file));
}

function holds(content: Buffer, hash: string, needles: readonly Buffer[]): boolean {
  const parts = [content, ...unpacked(content, hash)];
  return needles.some((needle) => parts.some((part) => part.includes(needle)));
}

/** By the hash of an archive: a run is searched several times. */
const unpackedBefore = new Map<string, readonly Buffer[]>();

/** The contents of an archive; nothing for any other file, and for one that is not written to its end yet. */
function unpacked(content: Buffer, hash: string): readonly Buffer[] {
  const parts = unpackedBefore.get(hash) ?? unpack(content);
  if (parts.length > 0) {
    unpackedBefore.set(hash, parts);
  }
  return parts;
}

function unpack(content: Buffer): Buffer[] {
  try {
    if (content[0] === 0x1f && content[1] === 0x8b) {
      return [gunzipSync(content)];
    }
    return content.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1"))
      ? Object.values(unzipSync(content)).map((part) => Buffer.from(part))
      : [];
  } catch {
    return [];
  }
}

/** Not Node's own recursion: a job that goes on writing removes folders while they are walked. */
function filesBelow(folder: string): string[] {
  const entries = ifThere(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(name) : entry.isFile() ? [name] : [];
  });
}

/** Undefined for what was removed in between. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
