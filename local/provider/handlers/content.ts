/** The content of an object resource: from its asset, its archive or its text. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { zipSync } from "fflate";
import { isArchive, isAsset, isObject, text, type Properties } from "../wire";

/** The same files must give the same archive. ZIP has local time only, from 1980 on. */
const FIXED_TIME = new Date(1980, 0, 1);

/**
 * The bytes of `source`, `content` or `contentBase64`.
 *
 * @throws if none of them is set, or an asset has a URI: nothing here uses the network
 */
export async function objectContent(inputs: Properties): Promise<Uint8Array> {
  if (typeof inputs.content === "string") {
    return Buffer.from(inputs.content, "utf8");
  }
  if (typeof inputs.contentBase64 === "string") {
    return Buffer.from(inputs.contentBase64, "base64");
  }
  if (isAsset(inputs.source)) {
    return assetBytes(inputs.source);
  }
  if (isArchive(inputs.source)) {
    return archiveBytes(inputs.source);
  }
  if (typeof inputs.source === "string") {
    return readFile(inputs.source);
  }
  throw new Error(
    `The object "${text(inputs.key)}" has no content. Set "source", "content" or "contentBase64".`,
  );
}

async function assetBytes(asset: Properties): Promise<Uint8Array> {
  if (typeof asset.text === "string") {
    return Buffer.from(asset.text, "utf8");
  }
  if (typeof asset.path === "string") {
    return readFile(asset.path);
  }
  throw new Error(`Remote assets ("${text(asset.uri)}") are not available offline. Use a file.`);
}

async function archiveBytes(archive: Properties): Promise<Uint8Array> {
  if (typeof archive.path === "string" && !(await stat(archive.path)).isDirectory()) {
    return readFile(archive.path);
  }
  const entries = await archiveEntries(archive, "");
  const sorted = Object.entries(entries).sort(([left], [right]) => (left < right ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { mtime: FIXED_TIME });
}

async function archiveEntries(
  archive: Properties,
  prefix: string,
): Promise<Record<string, Uint8Array>> {
  if (typeof archive.path === "string") {
    return folderEntries(archive.path, prefix);
  }
  if (!isObject(archive.assets)) {
    throw new Error(`Remote archives ("${text(archive.uri)}") are not available offline.`);
  }
  const entries: Record<string, Uint8Array> = {};
  for (const [name, content] of Object.entries(archive.assets)) {
    const path = prefix === "" ? name : `${prefix}/${name}`;
    if (isArchive(content)) {
      Object.assign(entries, await archiveEntries(content, path));
    } else if (isAsset(content)) {
      entries[path] = await assetBytes(content);
    }
  }
  return entries;
}

async function folderEntries(folder: string, prefix: string): Promise<Record<string, Uint8Array>> {
  const entries: Record<string, Uint8Array> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      const name = relative(folder, file).split(sep).join("/");
      entries[prefix === "" ? name : `${prefix}/${name}`] = await readFile(file);
    }
  }
  return entries;
}
