import * as pulumi from "@pulumi/pulumi";

import { findCluster } from "../../../components/cluster/clusterLookup";
import { SparkCluster } from "../../../components/cluster/sparkCluster";
import { loadConfig } from "../../../components/config/loadConfig";
import { SparkCode } from "../../../components/job/sparkCode";
import { StreamingJob } from "../../../components/job/streamingJob";
import { DataLake } from "../../../components/lake/dataLake";
import { Network } from "../../../components/network/network";
import { deploymentTarget } from "../../../components/shared/target";
import { EventStream } from "../../../components/stream/eventStream";
import { loadWorkload } from "../../../components/workload/loadWorkload";
import { readEventContract } from "../../../contracts/event/workloads";

export = async () => {
  const config = loadConfig();
  const identity = await findCluster({
    region: config.region,
    baseName: "upgrade-spark",
    wanted: config.job.enabled,
  });
  const contract = readEventContract(config.workload);
  const target = deploymentTarget(config.region);
  const network = new Network("network", { ...config.network, region: config.region });
  const stream = new EventStream("events", { ...config.stream, target });
  const lake = new DataLake("lake", { ...config.lake, contract });
  const cluster = new SparkCluster("spark", {
    ...config.cluster,
    identity,
    target,
    vpcId: network.vpcId,
    privateSubnetIds: network.privateSubnetIds,
    artifactBucket: lake.artifactBucket,
    metricsNamespace: "StreamingMl",
  });
  new StreamingJob("streaming-job", {
    ...config.job,
    target,
    capacity: config.capacity,
    clusterId: cluster.clusterId,
    code: new SparkCode("spark-code", {
      bucket: lake.artifactBucket,
      releaseLabel: config.cluster.releaseLabel,
      contract,
      trainingSetPath: loadWorkload(config.workload).trainingSetPath,
      root: new pulumi.Config().require("codeRoot"),
    }),
    stream: stream.name,
    eventsUri: lake.eventsUri,
    lakeVersion: config.lake.version,
    artifactBucket: lake.artifactBucket,
    userKeySecretArn: lake.userKeySecretArn,
    userKeyVersion: config.lake.userKeyVersion,
    quarantineKeySecretArn: lake.quarantineKeySecretArn,
    quarantineKeyVersionId: lake.quarantineKeyVersionId,
  });

  return {
    clusterId: cluster.clusterId,
    artifactBucket: lake.artifactBucket.name,
  };
};
