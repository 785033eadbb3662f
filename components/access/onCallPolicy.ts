import type { PolicyStatement } from "../shared/iam";

/** Inputs of the on-call policy, as plain values. */
export interface OnCallPolicyInputs {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly clusterId: string;
  readonly pipelineName: string;
  readonly modelPackageGroupName: string;
  /** Absent until a model is approved. */
  readonly endpointName?: string;
  readonly alarmArns: readonly string[];
  readonly dashboardName: string;
  readonly deadLetterQueueNames: readonly string[];
}

/**
 * Permissions for `npm run ops` and the commands in docs/runbooks, besides reading S3 and Athena. None of them adds a
 * step to the cluster or opens a session on a node: both run with the instance role, which can read the keys of the
 * pseudonyms and the quarantine. None of them approves a model or deploys.
 */
export function onCallStatements(inputs: OnCallPolicyInputs): PolicyStatement[] {
  return [
    ...clusterStatements(inputs),
    ...trainingStatements(inputs),
    ...modelStatements(inputs),
    ...alarmStatements(inputs),
    ...logStatements(inputs),
    deadLetterStatement(inputs),
  ];
}

function clusterStatements({ clusterId, ...place }: OnCallPolicyInputs): PolicyStatement[] {
  return [
    {
      // Runbooks job-not-running, ended-cluster, cluster-too-small, failed-step, unhealthy-nodes.
      Sid: "LookAtCluster",
      Action: [
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
        "elasticmapreduce:ListInstanceFleets",
        "elasticmapreduce:ListInstances",
        "elasticmapreduce:ListSteps",
      ],
      Resource: arn(place, "elasticmapreduce", `cluster/${clusterId}`),
    },
  ];
}

function trainingStatements({ pipelineName, ...place }: OnCallPolicyInputs): PolicyStatement[] {
  // SageMaker uses lower case for pipeline names in ARNs.
  const pipeline = arn(place, "sagemaker", `pipeline/${pipelineName.toLowerCase()}`);
  return [
    {
      // `ops status`, and `ops train` of the runbook failed-training.
      Sid: "Train",
      Action: ["sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"],
      Resource: pipeline,
    },
    {
      // `ops train --wait`, and the reason of a failed step.
      Sid: "FollowTraining",
      Action: ["sagemaker:DescribePipelineExecution", "sagemaker:ListPipelineExecutionSteps"],
      Resource: `${pipeline}/execution/*`,
    },
  ];
}

function modelStatements(inputs: OnCallPolicyInputs): PolicyStatement[] {
  const packages = arn(inputs, "sagemaker", `model-package/${inputs.modelPackageGroupName}/*`);
  return [
    // `ops status` and `ops reject` list the group; it has no resource-level permissions.
    { Sid: "ListModels", Action: "sagemaker:ListModelPackages", Resource: "*" },
    { Sid: "LookAtModels", Action: "sagemaker:DescribeModelPackage", Resource: packages },
    {
      // `ops reject` of endpoint-errors and endpoint-rollback. The condition is needed because the same call approves.
      Sid: "RejectModels",
      Action: "sagemaker:UpdateModelPackage",
      Resource: packages,
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "Rejected" } },
    },
    ...(inputs.endpointName === undefined
      ? []
      : [
          {
            Sid: "LookAtEndpoint",
            Action: "sagemaker:DescribeEndpoint",
            Resource: arn(inputs, "sagemaker", `endpoint/${inputs.endpointName.toLowerCase()}`),
          },
        ]),
  ];
}

function alarmStatements(inputs: OnCallPolicyInputs): PolicyStatement[] {
  const { partition, accountId, dashboardName } = inputs;
  return [
    {
      Sid: "LookAtAlarms",
      Action: ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"],
      Resource: [...inputs.alarmArns],
    },
    {
      // "Look at the dashboard": its body, then its metrics, which have no resource-level permissions.
      Sid: "LookAtDashboard",
      Action: "cloudwatch:GetDashboard",
      Resource: `arn:${partition}:cloudwatch::${accountId}:dashboard/${dashboardName}`,
    },
    { Sid: "ReadMetrics", Action: "cloudwatch:GetMetricData", Resource: "*" },
    // The runbook read-throttled lists the consumers; the action has no resource-level permissions.
    { Sid: "FindReaders", Action: "cloudtrail:LookupEvents", Resource: "*" },
  ];
}

function logStatements(place: OnCallPolicyInputs): PolicyStatement[] {
  const group = (name: string) => arn(place, "logs", `log-group:/aws/sagemaker/${name}`);
  return [
    {
      // Runbooks endpoint-errors and failed-training. The cluster's logs are in S3.
      Sid: "ReadLogs",
      Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
      Resource: [group("Endpoints/*"), group("ProcessingJobs:*"), group("TrainingJobs:*")],
    },
  ];
}

/** The runbook undelivered: read what could not be delivered, then empty the queue. */
function deadLetterStatement({
  deadLetterQueueNames,
  ...place
}: OnCallPolicyInputs): PolicyStatement {
  return {
    Sid: "SettleUndelivered",
    Action: ["sqs:GetQueueUrl", "sqs:PurgeQueue", "sqs:ReceiveMessage"],
    Resource: deadLetterQueueNames.map((name) => arn(place, "sqs", name)),
  };
}

type Place = Pick<OnCallPolicyInputs, "partition" | "region" | "accountId">;

function arn({ partition, region, accountId }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
