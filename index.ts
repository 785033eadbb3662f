import * as pulumi from "@pulumi/pulumi";

import { AccessRoles } from "./components/access/accessRoles";
import { PredictionApi } from "./components/api/predictionApi";
import { findCluster } from "./components/cluster/clusterLookup";
import { SparkCluster } from "./components/cluster/sparkCluster";
import { loadConfig } from "./components/config/loadConfig";
import { findApprovedModel } from "./components/endpoint/approvedModel";
import { DeployOnApproval } from "./components/endpoint/deployOnApproval";
import { endpointBaseName } from "./components/endpoint/endpointKind";
import { ModelEndpoint } from "./components/endpoint/modelEndpoint";
import { readServedPrediction } from "./components/endpoint/servedPrediction";
import { trainingSetCommand } from "./components/job/batchJobs";
import { CompactionSchedule } from "./components/job/compactionSchedule";
import { SparkCode } from "./components/job/sparkCode";
import { StreamingJob } from "./components/job/streamingJob";
import { DataLake } from "./components/lake/dataLake";
import { Network } from "./components/network/network";
import { Observability } from "./components/observability/observability";
import { stackName } from "./components/shared/stackName";
import { deploymentTarget, providerAccountId } from "./components/shared/target";
import { EventStream } from "./components/stream/eventStream";
import { workersInVpc } from "./components/training/config";
import { TrainingPipeline } from "./components/training/trainingPipeline";
import { DeployedContract } from "./components/workload/deployedContract";
import { loadWorkload } from "./components/workload/loadWorkload";
import { ARTIFACT_PREFIXES, LAKE_PREFIXES } from "./contracts/bucketLayout";
import { stackOutputs } from "./outputs";

/** The whole chain in the order events travel: composition only, decisions live in the rooms. */
export = async () => {
  const config = loadConfig();
  const { region, capacity, modelPackageGroupName } = config;
  const { workload, trainingSetPath } = loadWorkload(config.workload);
  const approved = await findApprovedModel({
    region,
    accountId: await providerAccountId(),
    groupName: modelPackageGroupName,
    pinnedVersion: config.endpoint.pinnedModelVersion,
    keepServing:
      config.endpoint.withoutApprovedModel === "keep"
        ? endpointBaseName(pulumi.getProject(), pulumi.getStack())
        : undefined,
  });
  // After the registry was asked, which makes sure of the account.
  const served = approved && (await readServedPrediction(approved, region));
  const identity = await findCluster({
    region,
    baseName: `${stackName(pulumi.getProject(), pulumi.getStack())}-spark`,
    wanted: config.job.enabled,
  });
  const target = deploymentTarget(region);

  const network = new Network("network", {
    ...config.network,
    region,
    trainingWorkers: workersInVpc(config.training),
  });

  const stream = new EventStream("events", { ...config.stream, target });

  // Whatever follows the contract comes after it: a contract that is refused moves nothing.
  const deployed = new DeployedContract("event-contract", {
    contract: workload.event,
    lakeVersion: config.lake.version,
  });
  const { contract } = deployed;

  const lake = new DataLake("lake", { ...config.lake, contract });
  const { lakeBucket, artifactBucket } = lake;
  // Ways out of the VPC and settings of buckets are inputs of nothing: whoever calls, is called or stores comes after.
  const prepared = { dependsOn: [network, ...lakeBucket.settings, ...artifactBucket.settings] };

  const cluster = new SparkCluster(
    "spark",
    {
      ...config.cluster,
      identity,
      target,
      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      artifactBucket,
      metricsNamespace:
        config.job.metrics.kind === "cloudwatch" ? config.job.metrics.namespace : undefined,
    },
    prepared,
  );
  const code = new SparkCode(
    "spark-code",
    {
      bucket: artifactBucket,
      releaseLabel: config.cluster.releaseLabel,
      contract,
      trainingSetPath,
    },
    prepared,
  );
  const jobAccess = [
    stream.grantConsume("spark", cluster.instanceRole),
    lake.grantUserKey("spark", cluster.instanceRole),
    lake.grantQuarantineKey("spark", cluster.instanceRole),
    ...lake.grantWriteEvents("spark", cluster.instanceRole),
    lakeBucket.grantWrite("spark-training-sets", cluster.instanceRole, LAKE_PREFIXES.trainingSets),
    artifactBucket.grantRead("spark-code", cluster.instanceRole, ARTIFACT_PREFIXES.code),
    artifactBucket.grantWrite(
      "spark-checkpoints",
      cluster.instanceRole,
      ARTIFACT_PREFIXES.checkpoints,
    ),
  ];
  const job = new StreamingJob(
    "streaming-job",
    {
      ...config.job,
      target,
      capacity,
      clusterId: cluster.clusterId,
      code,
      stream: stream.name,
      consumerName: stream.consumerName,
      eventsUri: lake.eventsUri,
      lakeVersion: config.lake.version,
      artifactBucket,
      userKeySecretArn: lake.userKeySecretArn,
      userKeyVersion: config.lake.userKeyVersion,
      quarantineKeySecretArn: lake.quarantineKeySecretArn,
      quarantineKeyVersionId: lake.quarantineKeyVersionId,
    },
    { dependsOn: jobAccess },
  );

  const batchJobs = {
    code,
    capacity,
    region,
    spark: config.job.spark,
    eventsUri: lake.eventsUri,
    historyUri: lake.historyUri,
  };
  const compaction = new CompactionSchedule("compaction", {
    ...batchJobs,
    target,
    clusterId: cluster.clusterId,
    expression: config.lake.compaction.schedule,
    keepDays: config.lake.compaction.keepDays,
    maxExecutors: config.lake.compaction.maxExecutors,
    enabled: config.job.enabled,
  });

  const vpc = {
    subnetIds: network.privateSubnetIds,
    securityGroupIds: [network.securityGroupId],
  };
  const storage = {
    lakeBucket: lakeBucket.name,
    artifactBucket: artifactBucket.name,
    keyArn: lake.key?.arn,
  };
  const training = new TrainingPipeline(
    "training",
    {
      ...config.training,
      ...storage,
      ...vpc,
      target,
      workload,
      modelPackageGroupName,
      deleteModels: config.lake.deleteContents,
      clusterId: cluster.clusterId,
      trainingSetCommand: trainingSetCommand(batchJobs),
    },
    prepared,
  );

  const { deployOnApproval } = config.endpoint;
  const approval =
    deployOnApproval &&
    new DeployOnApproval("approval", { ...deployOnApproval, modelPackageGroupName });
  const endpoint =
    approved &&
    new ModelEndpoint(
      "endpoint",
      {
        ...config.endpoint,
        ...storage,
        ...vpc,
        target,
        modelPackageArn: approved.modelPackageArn,
        repositoryArns: training.repositoryArns,
      },
      prepared,
    );

  const api = new PredictionApi(
    "api",
    {
      ...config.api,
      target,
      // Not the checkout's: between a schema's change and its training the model answers by the old one.
      prediction: served?.prediction ?? workload.prediction,
      artifactBucket: artifactBucket.name,
      endpoint,
      model: approved,
    },
    { dependsOn: [...prepared.dependsOn, deployed] },
  );

  const alarms = new Observability("alarms", {
    ...config.alarms,
    target,
    stream: {
      name: stream.name,
      retentionHours: config.stream.retentionHours,
      consumerName: stream.consumerName,
    },
    job: config.job,
    clusterId: cluster.clusterId,
    pipelineArn: training.pipelineArn,
    deliveries: {
      rules: { approval: approval?.ruleName },
      deadLetterQueues: {
        compaction: compaction.deadLetterQueueName,
        training: training.deadLetterQueueName,
        approval: approval?.deadLetterQueueName,
      },
    },
    endpoint,
    api: { name: api.restApi.name, stage: api.stage.stageName },
  });

  const access = new AccessRoles("access", {
    ...config.access,
    target,
    stream,
    lake,
    clusterPrefixes: [ARTIFACT_PREFIXES.checkpoints, ARTIFACT_PREFIXES.logs],
    watched: {
      clusterId: cluster.clusterId,
      pipelineName: training.pipelineName,
      modelPackageGroupName,
      endpointName: endpoint?.endpointName,
      alarmArns: [...alarms.alarmArns, ...(endpoint?.alarmArns ?? [])],
      dashboardName: alarms.dashboardName,
      deadLetterQueueNames: alarms.deadLetterQueueNames,
    },
  });

  return {
    streamingMl: stackOutputs({
      ...{ config, accountId: target.accountId, stream, contract, lake, compaction, cluster, job },
      ...{ training, approved, endpoint, served, api, access, alarms },
    }),
    apiKey: api.apiKeyValue,
  };
};
