import { DescribeClusterCommand, ListInstancesCommand } from "@aws-sdk/client-emr";

import { EMR_RELEASES, newestPython } from "../../components/runtimes/emrReleases";
import { readJobLock } from "../jobLock";
import type { Check, DeployedStack } from "./check";
import { driverLog, readBeginning, rolledLogs } from "./containerLogs";
import { type DriverFacts, parseDriverFacts } from "./driverFacts";
import {
  type DocumentedRelease,
  judgeDriverNode,
  judgeRolledLogs,
  judgeRuntimes,
  type Node,
} from "./driverVerdict";
import { notApplicable, type Verdict } from "./verdict";

const ONLY_AWS =
  "A local run uploads no logs, and its nodes have no price: the driver's log lies in the run's folder.";

export const rolledLogsCheck: Check<DeployedStack> = {
  id: "rolled-logs",
  title: "EMR uploads the rolled logs",
  onlyAws: ONLY_AWS,
  run: (stack) =>
    ofRunningJob(stack, async (applicationId) =>
      judgeRolledLogs(await rolledLogs(stack, applicationId)),
    ),
};

export const runtimesCheck: Check<DeployedStack> = {
  id: "driver-runtimes",
  title: "the driver runs the documented Python, Java and Spark",
  onlyAws: ONLY_AWS,
  run: (stack) =>
    ofRunningJob(stack, async (applicationId) =>
      judgeRuntimes(await readFacts(stack, applicationId), await documentedRelease(stack)),
    ),
};

export const driverNodeCheck: Check<DeployedStack> = {
  id: "driver-node",
  title: "the application master runs on an on-demand node",
  onlyAws: ONLY_AWS,
  run: (stack) =>
    ofRunningJob(stack, async (applicationId) =>
      judgeDriverNode(await readFacts(stack, applicationId), await runningNodes(stack)),
    ),
};

async function ofRunningJob(
  { outputs, clients }: DeployedStack,
  judge: (applicationId: string) => Promise<Verdict>,
): Promise<Verdict> {
  const lock = await readJobLock(clients.s3, outputs.job.lockUri);
  return lock?.state === "running"
    ? judge(lock.applicationId)
    : notApplicable(`The job does not run (${lock?.state ?? "never started"}).`);
}

async function readFacts(
  stack: DeployedStack,
  applicationId: string,
): Promise<DriverFacts | undefined> {
  const key = driverLog(await rolledLogs(stack, applicationId));
  return key === undefined ? undefined : parseDriverFacts(await readBeginning(stack, key));
}

async function documentedRelease({
  outputs,
  clients,
}: DeployedStack): Promise<DocumentedRelease | undefined> {
  const { Cluster: cluster } = await clients.emr.send(
    new DescribeClusterCommand({ ClusterId: outputs.cluster.id }),
  );
  const label = cluster?.ReleaseLabel ?? "";
  const release = EMR_RELEASES[label];
  return release === undefined
    ? undefined
    : { label, python: newestPython(release), java: release.java, spark: release.spark };
}

async function runningNodes({ outputs, clients }: DeployedStack): Promise<Node[]> {
  const nodes: Node[] = [];
  let marker: string | undefined;
  do {
    const page = await clients.emr.send(
      new ListInstancesCommand({
        ClusterId: outputs.cluster.id,
        InstanceStates: ["RUNNING"],
        Marker: marker,
      }),
    );
    nodes.push(
      ...(page.Instances ?? []).map((instance) => ({
        privateDnsName: instance.PrivateDnsName,
        privateIpAddress: instance.PrivateIpAddress,
        market: instance.Market,
        instanceType: instance.InstanceType,
      })),
    );
    marker = page.Marker;
  } while (marker !== undefined);
  return nodes;
}
