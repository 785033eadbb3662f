import type { DriverFacts } from "./driverFacts";
import { failed, notApplicable, ok, type Verdict } from "./verdict";

const HOURLY =
  "The log rolls every hour: verify again an hour after the job's start. If it stays empty, look in CloudTrail for an " +
  "AccessDenied of the node's role (spark/log4j2.properties).";

/** The log uploader takes the rolled files. @param keys of the running application */
export function judgeRolledLogs(keys: readonly string[]): Verdict {
  return keys.length > 0
    ? ok(`${keys.length} rolled logs of the running job are uploaded, the newest ${keys.at(-1)}.`)
    : failed("No rolled log of the running job is uploaded.", HOURLY);
}

/** What a release is documented to hold. */
export interface DocumentedRelease {
  readonly label: string;
  readonly python: string;
  readonly java: number;
  readonly spark: string;
}

/**
 * The driver runs the Python, the Java and the Spark that the release is documented to have.
 *
 * @param facts undefined when no log of the driver holds them
 * @param release undefined when components/runtimes does not know it
 */
export function judgeRuntimes(
  facts: DriverFacts | undefined,
  release: DocumentedRelease | undefined,
): Verdict {
  if (facts === undefined) {
    return failed("No uploaded log of the driver says what it runs on.", HOURLY);
  }
  const { python, java, spark } = facts;
  const runs = `The driver runs Python ${python}, Java ${java} and Spark ${spark}`;
  if (release === undefined) {
    return notApplicable(`${runs}, on a release that components/runtimes does not know.`);
  }
  const documented =
    isOf(python, release.python) && isOf(java, `${release.java}`) && isOf(spark, release.spark);
  return documented
    ? ok(`${runs}, as ${release.label} is documented to.`)
    : failed(
        `${runs}; ${release.label} is documented to have Python ${release.python}, Java ${release.java} and ` +
          `Spark ${release.spark}.`,
        "Open an issue with this report: components/runtimes/emrReleases.ts is wrong.",
      );
}

/** Whether a version is one of a line: 3.11.9 of 3.11, but not of 3.1. */
function isOf(version: string, line: string): boolean {
  return version === line || version.startsWith(`${line}.`);
}

/** A node of the cluster. */
export interface Node {
  readonly privateDnsName?: string;
  readonly privateIpAddress?: string;
  /** ON_DEMAND or SPOT. */
  readonly market?: string;
  readonly instanceType?: string;
}

/** YARN places drivers on on-demand nodes only. @param nodes that run */
export function judgeDriverNode(facts: DriverFacts | undefined, nodes: readonly Node[]): Verdict {
  if (facts === undefined) {
    return failed("No uploaded log of the driver says where it runs.", HOURLY);
  }
  const node = nodes.find(
    ({ privateDnsName, privateIpAddress }) =>
      facts.host === privateDnsName ||
      facts.host === privateIpAddress ||
      facts.host === privateDnsName?.split(".")[0],
  );
  if (node === undefined) {
    return failed(
      `The driver says it runs on ${facts.host}, which is no running node of the cluster.`,
      "If the driver moved within the hour, verify again when its log has rolled.",
    );
  }
  const where = `The driver runs on ${facts.host} (${node.instanceType ?? "type unknown"}, ${node.market ?? "market unknown"})`;
  if (node.market !== "ON_DEMAND") {
    return failed(
      `${where}, which EC2 may take back.`,
      "The node label of this release is not ON_DEMAND: see components/cluster/configurations.ts.",
    );
  }
  return nodes.some(({ market }) => market === "SPOT")
    ? ok(`${where}, although spot nodes run.`)
    : ok(`${where}; no spot node runs that could have been chosen.`);
}
