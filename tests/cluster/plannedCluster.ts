import * as pulumi from "@pulumi/pulumi";

import type { ClusterIdentity } from "../../components/cluster/clusterLookup";
import { clusterConfigSchema } from "../../components/cluster/config";
import { SparkCluster } from "../../components/cluster/sparkCluster";
import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import { readEventContract } from "../../contracts/event/workloads";
import { mockStack, type Registered, settled } from "../shared/pulumiMocks";

/** A cluster of one primary and two core nodes. */
export const small = {
  releaseLabel: "emr-7.14.0",
  primary: { instanceTypes: ["m7g.xlarge"], count: 1 },
  core: { instanceTypes: ["m7g.xlarge", "m6g.xlarge"], count: 2 },
  scaling: { minimumUnits: 2, maximumUnits: 2, maximumCoreUnits: 2, maximumOnDemandUnits: 2 },
  diskEncryption: false,
};
/** Three primaries, spot nodes and encrypted disks. */
export const large = {
  ...small,
  primary: { instanceTypes: ["m7g.xlarge"], count: 3 },
  task: { instanceTypes: ["m7g.xlarge"] },
  scaling: { minimumUnits: 2, maximumUnits: 8, maximumCoreUnits: 4, maximumOnDemandUnits: 3 },
  diskEncryption: true,
};

/** Makes a cluster under mocks and waits until all of it is registered. */
export async function planCluster(
  config: unknown,
  metricsNamespace?: string,
  life: ClusterIdentity["life"] = "live",
): Promise<{ cluster: SparkCluster; registered: Registered[] }> {
  const registered = await mockStack("test");
  const { artifactBucket } = new DataLake("lake", {
    ...lakeConfigSchema.parse({ firstDay: "2026-01-01" }),
    contract: readEventContract("sentiment"),
  });
  const cluster = new SparkCluster("spark", {
    ...clusterConfigSchema.parse(config),
    identity: { name: "test-spark-2026-01-01", life },
    target: {
      region: "us-east-1",
      accountId: pulumi.output("123456789012"),
      partition: pulumi.output("aws"),
    },
    vpcId: "vpc-1",
    privateSubnetIds: ["subnet-1", "subnet-2"],
    artifactBucket,
    metricsNamespace,
  });
  await settled();
  return { cluster, registered };
}
