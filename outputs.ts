import type * as pulumi from "@pulumi/pulumi";

import type { AccessRoles } from "./components/access/accessRoles";
import type { PredictionApi } from "./components/api/predictionApi";
import type { SparkCluster } from "./components/cluster/sparkCluster";
import type { StreamingMlConfig } from "./components/config/loadConfig";
import type { ApprovedModel } from "./components/endpoint/approvedModel";
import type { ModelEndpoint } from "./components/endpoint/modelEndpoint";
import type { ServedPrediction } from "./components/endpoint/servedPrediction";
import type { CompactionSchedule } from "./components/job/compactionSchedule";
import type { StreamingJob } from "./components/job/streamingJob";
import type { DataLake } from "./components/lake/dataLake";
import type { Observability } from "./components/observability/observability";
import type { EventStream } from "./components/stream/eventStream";
import type { TrainingPipeline } from "./components/training/trainingPipeline";
import type { DeployedContract } from "./components/workload/deployedContract";
import { CONTRACT_VERSION, type StackOutputs } from "./contracts/stackOutputs";

/** A value of the contract while Pulumi may not know it yet. */
type Planned<Value> =
  | pulumi.Input<Value>
  | (Value extends object ? { readonly [Key in keyof Value]: Planned<Value[Key]> } : never);

/** What {@link stackOutputs} reads: the configuration, the components, and the model that serves. */
export interface DeployedStack {
  readonly config: StreamingMlConfig;
  readonly accountId: pulumi.Input<string>;
  readonly stream: EventStream;
  readonly contract: DeployedContract["contract"];
  readonly lake: DataLake;
  readonly compaction: CompactionSchedule;
  readonly cluster: SparkCluster;
  readonly job: StreamingJob;
  readonly training: TrainingPipeline;
  readonly approved: ApprovedModel | undefined;
  /** Absent until a model is approved. */
  readonly endpoint: ModelEndpoint | undefined;
  /** What the model that serves was trained for. */
  readonly served: ServedPrediction | undefined;
  readonly api: PredictionApi;
  readonly access: AccessRoles;
  readonly alarms: Observability;
}

/** What a stack tells other programs, as `contracts/stackOutputs.ts` describes it. */
export function stackOutputs(stack: DeployedStack): Planned<StackOutputs> {
  const { config, stream, lake, job, training, approved, endpoint, served, api } = stack;
  return {
    contractVersion: CONTRACT_VERSION,
    region: config.region,
    accountId: stack.accountId,
    stream: { name: stream.name, arn: stream.arn, keyArn: stream.key?.arn },
    events: { workload: config.workload, contract: stack.contract.compiled },
    lake: {
      bucket: lake.lakeBucket.name,
      version: config.lake.version,
      keyArn: lake.key?.arn,
      eventsUri: lake.eventsUri,
      quarantineUri: lake.quarantineUri,
      quarantineKeySecretArn: lake.quarantineKeySecretArn,
      database: lake.database,
      table: lake.table,
      historyTable: lake.historyTable,
      compactionSchedule: stack.compaction.scheduleName,
      queries: lake.queries.outputs,
      quarantineQueries: lake.quarantineQueries.outputs,
    },
    artifacts: { bucket: lake.artifactBucket.name, keyArn: lake.key?.arn },
    cluster: { id: stack.cluster.clusterId },
    job: { name: job.jobName, lockUri: job.lockUri, checkpointUri: job.checkpointUri },
    training: {
      pipelineName: training.pipelineName,
      modelPackageGroupName: training.modelPackageGroupName,
    },
    endpoint:
      endpoint && approved
        ? {
            name: endpoint.endpointName,
            variantName: endpoint.variantName,
            modelPackageArn: approved.modelPackageArn,
            serves: served && {
              workload: served.workload,
              eventContract: served.eventContract,
              predictionSchemaUri: served.predictionSchemaUri,
            },
          }
        : null,
    api: {
      url: api.url,
      openApiUri: api.openApiUri,
      apiKeyId: api.apiKeyId,
      invokeArn: api.invokeArn,
    },
    access: stack.access.roleArns,
    alarms: { topicArn: stack.alarms.topicArn },
  };
}
