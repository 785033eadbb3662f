import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal, inPythonPackage } from "../paths";

/** Main classes of the virtual machines that load what the archive holds. */
const MAIN_CLASSES = ["org.apache.spark.deploy.SparkSubmit", "org.apache.spark.executor.*"];

/** Where a folder really is: a copy of the repository, whose folders are links, shares the archive of this one. */
const real = (folder: string): string => (fs.existsSync(folder) ? fs.realpathSync(folder) : folder);

/** Every class path must begin as the one the archive was written with: Spark's connectors, and Spark. */
const firstJars = (): string[] => [inLocal("jars"), inPythonPackage("pyspark/jars")].map(real);

const allOf = (folder: string): string => path.join(folder, "*");

/** Class path of what an EMR image has beside Spark. */
export const connectors = (): string => allOf(firstJars()[0]);

const archives = (): string => real(inLocal("class-data"));

/** The program `java` of a JDK: of `JAVA_HOME`, unless that is one of ours already, or else the first on `PATH`. */
export function findJava({ JAVA_HOME, PATH = "" }: NodeJS.ProcessEnv): string {
  const isJdk = JAVA_HOME !== undefined && path.dirname(JAVA_HOME) !== archives();
  const folders = isJdk ? [path.join(JAVA_HOME, "bin")] : PATH.split(path.delimiter);
  const java = folders
    .map((folder) => path.join(folder, "java"))
    .find((file) => fs.existsSync(file));
  if (java === undefined) {
    throw new Error(`There is no "java" in ${folders.join(", ")}. Install a JDK 17.`);
  }
  return fs.realpathSync(java);
}

/**
 * What a virtual machine of Spark loads at its start, some ten thousand classes, parsed and verified once and then
 * mapped from a file (Java's class data sharing): without it that is almost half of what a short Spark job computes.
 *
 * The archive is good for one Java and for jars that have not changed, which name its folder.
 */
export class ClassData {
  readonly folder: string;

  constructor(readonly java: string) {
    this.folder = path.join(archives(), key(java));
  }

  get archive(): string {
    return path.join(this.folder, "spark.jsa");
  }

  /** What `JAVA_HOME` must be for Spark to use the archive, once it is there; all else runs as it would without. */
  get javaHome(): string {
    return this.folder;
  }

  /** Writes the `java` of {@link javaHome} where it is missing, and removes archives for other jars. */
  prepare(): void {
    const file = path.join(this.folder, "bin", "java");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const script = launcher(this.java, this.archive, firstJars().map(allOf).join(path.delimiter));
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== script) {
      // Somebody may be starting it.
      fs.writeFileSync(`${file}.${process.pid}`, script, { mode: 0o755 });
      fs.renameSync(`${file}.${process.pid}`, file);
    }
    for (const name of fs.readdirSync(archives())) {
      if (name !== path.basename(this.folder)) {
        fs.rmSync(path.join(archives(), name), { recursive: true, force: true });
      }
    }
  }
}

/**
 * A shell script that starts Java, and Spark with the archive.
 *
 * The class path goes behind the one the archive was written with: folders are not allowed in front, and every run has
 * its own. Warnings of an archive that does not fit would stand among what a job prints.
 */
export function launcher(java: string, archive: string, classPath: string): string {
  return `#!/bin/sh
for argument in "$@"; do
  case $argument in
  ${MAIN_CLASSES.join(" | ")})
    if [ "$1" = -cp ] && [ -r ${quoted(archive)} ]; then
      path=${quoted(classPath)}:$2
      shift 2
      exec ${quoted(java)} -XX:SharedArchiveFile=${quoted(archive)} -Xlog:cds*=off \\
        -Xlog:class+path=off -cp "$path" "$@"
    fi
    ;;
  esac
done
exec ${quoted(java)} "$@"
`;
}

function key(java: string): string {
  const release = path.join(path.dirname(java), "..", "release");
  const jars = firstJars().flatMap((folder) =>
    fs.readdirSync(folder).map((name) => {
      const { size, mtimeMs } = fs.statSync(path.join(folder, name));
      return [folder, name, size, mtimeMs];
    }),
  );
  const inputs = [java, fs.existsSync(release) ? fs.readFileSync(release, "utf8") : "", jars];
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
