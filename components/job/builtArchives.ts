import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { type CodeArchive, collectEntries, singleFile, zipArchive } from "../shared/codeArchive";

/** Archives of what is not committed, because `make setup` compiles or fetches it. */
export interface BuiltArchives {
  /** The Java classes of the streaming job. */
  readonly streamingJob: CodeArchive;
  /** AWS's client for Kinesis under names of our own: apart from the classes, because it is large and seldom changes. */
  readonly kinesisClient: CodeArchive;
  /** The library that knows the world's phone numbers, as it was published. */
  readonly phoneNumbers: CodeArchive;
  /** boto3 and what it needs, all pure Python. */
  readonly driverDependencies: CodeArchive;
}

type ArchiveList = Readonly<Record<keyof BuiltArchives, Omit<CodeArchive, "path">>>;

/** Where they are, with the list of their names and hashes: in a repository, and in the published package. */
export const SET_UP = join(".local", "built");
export const PUBLISHED = join("dist", "built");

/** Name of that list. */
export const LIST = "archives.json";

/**
 * The archives, as they were packed: they hold thousands of files, which each plan would read and hash anew.
 *
 * @param root folder of the repository, or of the installed package
 * @throws Error when they were never packed
 */
export function builtArchives(root: string): BuiltArchives {
  const folder = [SET_UP, PUBLISHED]
    .map((one) => join(root, one))
    .find((one) => existsSync(join(one, LIST)));
  if (folder === undefined) {
    throw new Error(
      `The streaming job's archives are missing: ${join(root, SET_UP, LIST)} does not exist. Run "make setup", which ` +
        "creates what is not committed.",
    );
  }
  const list = JSON.parse(readFileSync(join(folder, LIST), "utf8")) as ArchiveList;
  const packed = (part: keyof BuiltArchives) => ({
    ...list[part],
    path: join(folder, list[part].fileName),
  });
  return {
    streamingJob: packed("streamingJob"),
    kinesisClient: packed("kinesisClient"),
    phoneNumbers: packed("phoneNumbers"),
    driverDependencies: packed("driverDependencies"),
  };
}

/** Packs what `make setup` left in a repository; the archives that were there go. */
export function packArchives(root: string): void {
  const target = join(root, SET_UP);
  const archives = Object.entries(makeArchives(join(root, ".local")) satisfies BuiltArchives);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const list = archives.map(([part, { path, fileName, sha256 }]: [string, CodeArchive]) => {
    copyFileSync(path, join(target, fileName));
    return [part, { fileName, sha256 }];
  });
  writeFileSync(join(target, LIST), JSON.stringify(Object.fromEntries(list), undefined, 2));
}

function makeArchives(local: string): BuiltArchives {
  return {
    streamingJob: zipArchive("streaming-ml", collectEntries(join(local, "java")), ".jar"),
    kinesisClient: zipArchive(
      "kinesis-client",
      collectEntries(join(local, "kinesis-client")),
      ".jar",
    ),
    phoneNumbers: singleFile("phone-numbers", join(local, "phone-numbers", "libphonenumber.jar")),
    // The commands that come along, and the records that hold their hashes, begin with the path of the machine that
    // installed them: without those, the same packages are the same archive everywhere, and the job does not start anew
    // because somebody else deployed.
    driverDependencies: zipArchive(
      "driver-dependencies",
      collectEntries(
        join(local, "driver-dependencies"),
        "",
        (path) => !path.startsWith("bin/") && basename(path) !== "RECORD",
      ),
    ),
  };
}
