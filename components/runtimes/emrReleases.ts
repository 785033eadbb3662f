import { BUILT_FOR } from "./builtFor";

/** Versions in an EMR release, from its page in the EMR release guide. */
export interface EmrRelease {
  /** Versions of Python, oldest first; the first is PySpark's default. */
  readonly python: readonly string[];
  /** Default Java of its applications ("Configure applications to use a specific Java Virtual Machine"). */
  readonly java: number;
  /** Major and minor version. */
  readonly spark: string;
  /**
   * Patch version, if the job depends on it: of this release, or of the newest earlier one whose page lists it,
   * because later releases of a series never have an older one.
   */
  readonly sparkPatch?: number;
  readonly scala: string;
  /** Last day of standard support, after which AWS provides no fixes. */
  readonly supportedUntil: string;
  /** Page of the release guide, below docs.aws.amazon.com/emr/latest/ReleaseGuide/. */
  readonly source: string;
}

/** The releases that this program knows, newest first; also some that the job does not run on. */
export const EMR_RELEASES: Readonly<Record<string, EmrRelease>> = {
  "emr-7.14.0": {
    python: ["3.9", "3.11"],
    java: 17,
    spark: "3.5",
    sparkPatch: 6,
    scala: "2.12",
    supportedUntil: "2028-09-08",
    source: "emr-7140-release.html",
  },
  "emr-7.13.0": {
    python: ["3.9", "3.11"],
    java: 17,
    spark: "3.5",
    sparkPatch: 6,
    scala: "2.12",
    supportedUntil: "2028-04-21",
    source: "emr-7130-release.html",
  },
  "emr-spark-8.1.0": {
    python: ["3.11", "3.13"],
    java: 17,
    spark: "4.1",
    scala: "2.13",
    supportedUntil: "2029-09-07",
    source: "emr-spark810-release.html",
  },
  "emr-spark-8.0.0": {
    python: ["3.11", "3.13"],
    java: 17,
    spark: "4.0",
    scala: "2.13",
    supportedUntil: "2027-05-20",
    source: "emr-spark800-release.html",
  },
};

/** "For Amazon EMR 5.x and 6.x, the default Java Virtual Machine (JVM) is Java 8": the release guide, the same page. */
const JAVA_8_SERIES = /^emr-[56]\./;

/** Newest Python version of a release. */
export function newestPython(release: EmrRelease): string {
  return release.python[release.python.length - 1];
}

/** Path of a Python version on Amazon Linux 2023, the operating system of these releases. */
export function pythonPath(version: string): string {
  return `/usr/bin/python${version}`;
}

/** Why the job does not run on a release; undefined when it does. */
export function releaseProblem(label: string): string | undefined {
  const release = EMR_RELEASES[label];
  const known = suitableReleases().join(" or ");
  if (release === undefined) {
    return JAVA_8_SERIES.test(label)
      ? `is of a line that runs Java 8, and the job is built for Java ${BUILT_FOR.java}: use ${known}`
      : `is no release this program knows: use ${known}, or add what it holds to components/runtimes/emrReleases.ts`;
  }
  const difference = releaseDifference(release);
  return difference === undefined ? undefined : `${difference}: use ${known}`;
}

/** A release's version and the one that the job needs; undefined if they match. */
export function releaseDifference(release: EmrRelease): string | undefined {
  const differences = differencesOf(release);
  if (differences.length === 0) {
    return undefined;
  }
  const held = differences.map(({ what, has }) => `${what} ${has}`).join(", ");
  const needed = differences.map(({ what, needs }) => `${what} ${needs}`).join(", ");
  return `has ${held}, and the job is built for ${needed}`;
}

/** Releases the job runs on, newest first. */
export function suitableReleases(): string[] {
  return Object.entries(EMR_RELEASES)
    .filter(([, release]) => differencesOf(release).length === 0)
    .map(([label]) => label);
}

interface Difference {
  readonly what: string;
  readonly has: string | number;
  readonly needs: string | number;
}

function differencesOf(release: EmrRelease): Difference[] {
  const differences: Difference[] = [];
  for (const what of ["spark", "scala"] as const) {
    if (release[what] !== BUILT_FOR[what]) {
      differences.push({ what: NAMES[what], has: release[what], needs: BUILT_FOR[what] });
    }
  }
  const { spark, sparkPatch = 0 } = release;
  if (spark === BUILT_FOR.spark && sparkPatch < BUILT_FOR.sparkPatch) {
    differences.push({
      what: NAMES.spark,
      has: `${spark}.${sparkPatch}`,
      needs: `${spark}.${BUILT_FOR.sparkPatch} or later`,
    });
  }
  if (release.java < BUILT_FOR.java) {
    differences.push({ what: NAMES.java, has: release.java, needs: BUILT_FOR.java });
  }
  if (newestPython(release) !== BUILT_FOR.python) {
    differences.push({ what: NAMES.python, has: newestPython(release), needs: BUILT_FOR.python });
  }
  return differences;
}

const NAMES = { spark: "Spark", scala: "Scala", java: "Java", python: "Python" } as const;
