import type { ClusterConfig } from "../cluster/config";
import { executorsBesideStreamingJob } from "../job/batchJobRoom";
import { mostShards, planCapacity } from "../job/capacity";
import type { JobConfig } from "../job/config";
import { deduplicationMemory } from "../job/deduplicationMemory";
import { planShufflePartitions } from "../job/shufflePartitions";
import { settingProblem } from "../job/sparkSettings";
import type { LakeConfig } from "../lake/config";
import type { NetworkConfig } from "../network/config";
import type { StreamConfig } from "../stream/config";
import type { TrainingConfig } from "../training/config";

/** A violated rule between components. The path begins with the component's name. */
export interface RuleProblem {
  readonly path: string;
  readonly message: string;
  readonly received?: unknown;
}

interface ReadRooms {
  readonly network?: NetworkConfig;
  readonly stream?: StreamConfig;
  readonly lake?: LakeConfig;
  readonly cluster?: ClusterConfig;
  readonly job?: JobConfig;
  readonly training?: TrainingConfig;
}

/** Rules across components; each is checked if the settings it needs are valid. */
export function crossFieldProblems(rooms: ReadRooms): RuleProblem[] {
  return [
    ...streamRules(rooms),
    ...lakeRules(rooms),
    ...logKeyRules(rooms),
    ...settingRules(rooms),
    ...capacityRules(rooms),
    ...memoryRules(rooms),
    ...clusterRules(rooms),
    ...networkRules(rooms),
  ];
}

function streamRules({ stream, job }: ReadRooms): RuleProblem[] {
  return stream?.fanOut && job !== undefined && job.source !== "aws-kinesis"
    ? [
        {
          path: "stream.fanOut",
          message:
            'needs job.source "aws-kinesis": the other source only polls. Set one of them otherwise',
          received: true,
        },
      ]
    : [];
}

function lakeRules({ lake }: ReadRooms): RuleProblem[] {
  return lake?.protect && lake.deleteContents
    ? [
        {
          path: "lake.deleteContents",
          message:
            "contradicts lake.protect: data is either protected or disposable. Set one of them to false",
          received: true,
        },
      ]
    : [];
}

function logKeyRules({ lake, cluster }: ReadRooms): RuleProblem[] {
  return lake?.encryption === "customerManaged" && cluster?.logEncryptionKeyArn !== undefined
    ? [
        {
          path: "cluster.logEncryptionKeyArn",
          message:
            "contradicts lake.encryption: the bucket of the logs takes no other key than the lake's, which " +
            "encrypts the logs, too. Remove it",
          received: cluster.logEncryptionKeyArn,
        },
      ]
    : [];
}

function settingRules({ job }: ReadRooms): RuleProblem[] {
  if (job === undefined) {
    return [];
  }
  return Object.entries(job.spark.settings).flatMap(([name, value]) => {
    const message = settingProblem(name, job.source);
    return message === undefined
      ? []
      : [{ path: `job.spark.settings["${name}"]`, message, received: value }];
  });
}

function capacityRules({ stream, cluster, job, lake }: ReadRooms): RuleProblem[] {
  if (stream === undefined || cluster === undefined || job === undefined) {
    return [];
  }
  const capacity = planCapacity({ stream, job, instanceTypes: scaledInstanceTypes(cluster) });
  if ("problem" in capacity) {
    return [{ path: "job.spark", message: capacity.problem }];
  }
  const { scaling } = cluster;
  const problems: RuleProblem[] = [];
  if (scaling.minimumUnits < capacity.minimumUnits) {
    problems.push({
      path: "cluster.scaling.minimumUnits",
      message:
        `must be at least ${capacity.minimumUnits}: the driver and ${capacity.minimumExecutors} executors that ` +
        "its shards need, take as many nodes. Raise it, use larger nodes or fewer shards",
      received: scaling.minimumUnits,
    });
  }
  if (scaling.maximumUnits < capacity.maximumUnits) {
    problems.push({
      path: "cluster.scaling.maximumUnits",
      message:
        `must be at least ${capacity.maximumUnits}: the driver and ${capacity.maximumExecutors} executors that ` +
        "a fully grown stream needs, take as many nodes. Raise it, use larger nodes or fewer shards",
      received: scaling.maximumUnits,
    });
  }
  if (job.spark.master === "yarn" && scaling.maximumOnDemandUnits < capacity.driverUnits) {
    problems.push({
      path: "cluster.scaling.maximumOnDemandUnits",
      message:
        `must be at least ${capacity.driverUnits}: the drivers of the streaming job and of a batch job beside it run ` +
        "on on-demand nodes only. Raise it, use larger nodes or smaller drivers",
      received: scaling.maximumOnDemandUnits,
    });
  }
  if (lake?.protect && scaling.maximumOnDemandUnits < capacity.minimumUnits) {
    problems.push({
      path: "cluster.scaling.maximumOnDemandUnits",
      message:
        `must be at least ${capacity.minimumUnits}: with fewer, reading this stream would depend on spot nodes, and ` +
        "its data is protected. Raise it, or use larger nodes",
      received: scaling.maximumOnDemandUnits,
    });
  }
  const beside = executorsBesideStreamingJob(
    job.spark,
    capacity.minimumExecutors,
    scaledInstanceTypes(cluster),
    scaling.minimumUnits,
  );
  // One executor is always allowed, because a run needs one; a minimal cluster may then add a node for each run.
  if (lake && job.spark.master === "yarn" && lake.compaction.maxExecutors > Math.max(1, beside)) {
    problems.push({
      path: "lake.compaction.maxExecutors",
      message:
        `must be at most ${Math.max(1, beside)}: beside the streaming job, cluster.scaling.minimumUnits nodes hold ` +
        `${beside} executors, and with more each run makes the cluster grow. Lower it, or raise cluster.scaling.minimumUnits`,
      received: lake.compaction.maxExecutors,
    });
  }
  return problems;
}

function memoryRules({ stream, job }: ReadRooms): RuleProblem[] {
  if (stream === undefined || job === undefined) {
    return [];
  }
  const shards = mostShards(stream);
  const partitions = planShufflePartitions(job, shards);
  const { neededMb, availableMb } = deduplicationMemory(job, shards, partitions);
  const [process, memory] =
    job.spark.master === "yarn"
      ? ["an executor", "executorMemoryMb"]
      : ["the job", "driverMemoryMb"];
  return neededMb <= availableMb
    ? []
    : [
        {
          path: "job.deduplicationMinutes",
          message:
            `asks ${process} to remember ${neededMb} MB of keys at the expected rate, and a third of its memory is ` +
            `${availableMb} MB. Lower it, or raise job.spark.${memory}`,
          received: job.deduplicationMinutes,
        },
      ];
}

function clusterRules({ cluster, job, lake }: ReadRooms): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (cluster?.unhealthyNodeReplacement && !cluster.terminationProtection && lake?.protect) {
    problems.push({
      path: "cluster.unhealthyNodeReplacement",
      message:
        "terminates an unhealthy core node at once while terminationProtection is off, and this stack's data is " +
        "protected. Switch both on, or both off while a new release label is rolled out",
      received: true,
    });
  }
  if (cluster?.idleTerminationMinutes !== undefined && job?.enabled && lake?.protect) {
    problems.push({
      path: "cluster.idleTerminationMinutes",
      message:
        "would let a cluster whose job died terminate itself, and this stack's data is protected. Remove it, " +
        "or set job.enabled to false",
      received: cluster.idleTerminationMinutes,
    });
  }
  return problems;
}

function networkRules({ network, training }: ReadRooms): RuleProblem[] {
  if (network?.mode !== "create" || network.natGateways !== "none" || !training?.inVpc) {
    return [];
  }
  return network.interfaceEndpoints.includes("sagemaker.api")
    ? []
    : [
        {
          path: "network.interfaceEndpoints",
          message:
            "must contain sagemaker.api while training.inVpc is true and there is no NAT gateway: a candidate is " +
            "compared with the approved model, which the registry names. Add it, or set training.inVpc to false",
          received: network.interfaceEndpoints,
        },
      ];
}

/** Instance types that managed scaling may add: core nodes and, if configured, spot nodes. */
export function scaledInstanceTypes(cluster: ClusterConfig): string[] {
  return [...cluster.core.instanceTypes, ...(cluster.task?.instanceTypes ?? [])];
}
