import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Where the published package holds them, and the list of their names and hashes. */
const PACKED_FOLDER = join("dist", "built");
const LIST = "archives.json";

/** The archives: made of what `make setup` left in a repository, or those that an installed package came with. */
export function builtArchives(root: string): BuiltArchives {
  const folder = join(root, PACKED_FOLDER);
  if (existsSync(join(root, ".local", "java")) || !existsSync(join(folder, LIST))) {
    return makeArchives(join(root, ".local"));
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

/** Puts the archives where the published package holds them. */
export function packArchives(root: string): void {
  const folder = join(root, PACKED_FOLDER);
  mkdirSync(folder, { recursive: true });
  const archives = Object.entries(makeArchives(join(root, ".local")) satisfies BuiltArchives);
  const list = archives.map(([part, { path, fileName, sha256 }]: [string, CodeArchive]) => {
    copyFileSync(path, join(folder, fileName));
    return [part, { fileName, sha256 }];
  });
  writeFileSync(join(folder, LIST), JSON.stringify(Object.fromEntries(list), undefined, 2));
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
