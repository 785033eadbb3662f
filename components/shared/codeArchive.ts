import { gzipSync, type Zippable, zipSync } from "fflate";
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { extname, join, relative, resolve, sep } from "node:path";

import { PACKAGE_ROOT } from "../../contracts/packageRoot";
import { tarball } from "./tarball";

/** Incremented when the archives' layout changes, so that the same content gets a new name. */
const FORMAT = "1";

/** Where archives are written: generated files only, never committed. */
const PACKED_FOLDER = join(PACKAGE_ROOT, ".local", "packed");

/** The oldest date a zip can hold. Local time, because zip files have no time zone: same bytes everywhere. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Already compressed: compressing again takes seconds and saves nothing. */
const STORED = new Set([".gz", ".zip", ".png", ".whl"]);

/** One file of an archive: its path inside (with `/`) and its bytes. */
export interface ArchiveEntry {
  readonly path: string;
  readonly content: Uint8Array;
}

/** An archive on disk that is named by its content: same content, same name, on every machine. */
export interface CodeArchive {
  /** `<name>-<first 16 digits of sha256><extension>`. */
  readonly fileName: string;
  /** Absolute path. */
  readonly path: string;
  /** Hash of the entries (names and bytes), lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a zip of the entries, unless one with this content is there already.
 *
 * @param extension a jar of classes is a zip by another name. @default ".zip"
 */
export function zipArchive(
  name: string,
  entries: readonly ArchiveEntry[],
  extension: ".zip" | ".jar" = ".zip",
): CodeArchive {
  return writeOnce(name, extension, entries, (sorted) => {
    const files: Zippable = {};
    for (const { path, content } of sorted) {
      files[path] = [content, { level: STORED.has(extname(path)) ? 0 : 6, mtime: FIXED_TIME }];
    }
    return zipSync(files);
  });
}

/** Writes a gzip tarball of the entries, unless one with this content is there already. */
export function tarballArchive(name: string, entries: readonly ArchiveEntry[]): CodeArchive {
  return writeOnce(name, ".tar.gz", entries, (sorted) => gzipSync(tarball(sorted), { mtime: 0 }));
}

/** Names a single file by its content, without copying it. */
export function singleFile(name: string, path: string): CodeArchive {
  const extension = extname(path);
  const content = readFileSync(path);
  const sha256 = hashEntries([{ path: `${name}${extension}`, content }]);
  return { fileName: `${name}-${sha256.slice(0, 16)}${extension}`, path: resolve(path), sha256 };
}

/**
 * Collects the files below a folder, in a stable order.
 *
 * @param folder where to look; it must exist
 * @param prefix put before every path inside the archive, for example `streaming_ml/`
 * @param keep which files to include, by their path in the folder. Byte code is always left out.
 * @throws Error when the folder is missing or holds no such file
 */
export function collectEntries(
  folder: string,
  prefix = "",
  keep: (path: string) => boolean = () => true,
): ArchiveEntry[] {
  if (!existsSync(folder)) {
    throw new Error(
      `The folder ${folder} is missing. Run "make setup", which creates what is not committed.`,
    );
  }
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.includes("__pycache__/") && !path.endsWith(".pyc") && keep(path))
    .sort()
    .map((path) => ({ path: `${prefix}${path}`, content: readFileSync(join(folder, path)) }));
  if (entries.length === 0) {
    throw new Error(`The folder ${folder} holds no file that belongs in the archive.`);
  }
  return entries;
}

function hashEntries(sorted: readonly ArchiveEntry[]): string {
  const hash = createHash("sha256").update(FORMAT);
  for (const { path, content } of sorted) {
    // The lengths make sure that two different lists have different hashes.
    hash.update(`\0${path.length}\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function writeOnce(
  name: string,
  extension: string,
  entries: readonly ArchiveEntry[],
  pack: (sorted: readonly ArchiveEntry[]) => Uint8Array,
): CodeArchive {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const repeated = sorted.find((entry, index) => entry.path === sorted[index + 1]?.path);
  if (repeated !== undefined) {
    throw new Error(
      `The archive "${name}" would hold ${repeated.path} twice. Give each file its own path.`,
    );
  }
  const sha256 = hashEntries(sorted);
  const fileName = `${name}-${sha256.slice(0, 16)}${extension}`;
  const path = join(PACKED_FOLDER, fileName);
  if (!existsSync(path)) {
    mkdirSync(PACKED_FOLDER, { recursive: true });
    // Written to a temporary file and renamed: another run may be writing the same archive.
    const draft = join(PACKED_FOLDER, `.${fileName}.${randomUUID()}`);
    writeFileSync(draft, pack(sorted));
    renameSync(draft, path);
  }
  return { fileName, path, sha256 };
}
