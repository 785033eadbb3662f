import { ARTIFACT_PREFIXES, LAKE_PREFIXES } from "../../contracts/bucketLayout";
import type { PolicyStatement } from "../shared/iam";
import {
  imageStatements,
  networkInterfaceStatements,
  type VpcPlacement,
} from "../shared/sagemakerStatements";

/** Everything the serving role's permissions depend on, as plain values. */
export interface ServingPolicyInputs {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly artifactBucket: string;
  readonly lakeBucket: string;
  readonly keyArn?: string;
  readonly repositoryArns: readonly string[];
  readonly dataCapture: boolean;
  /** Absent: outside any VPC. */
  readonly vpc?: VpcPlacement;
  /** Alarms that roll an update back. */
  readonly alarmArns: readonly string[];
}

/** What the container behind the endpoint may do: load its model, log, and keep sampled requests. */
export function servingStatements(inputs: ServingPolicyInputs): PolicyStatement[] {
  const { partition, region, accountId } = inputs;
  const bucket = (name: string): string => `arn:${partition}:s3:::${name}`;
  const keyActions = ["kms:Decrypt", ...(inputs.dataCapture ? ["kms:GenerateDataKey"] : [])];
  return [
    {
      Sid: "LoadModel",
      Action: "s3:GetObject",
      Resource: `${bucket(inputs.artifactBucket)}/${ARTIFACT_PREFIXES.models}/*`,
    },
    ...(inputs.dataCapture
      ? [
          {
            Sid: "CaptureData",
            Action: "s3:PutObject",
            Resource: `${bucket(inputs.lakeBucket)}/${LAKE_PREFIXES.dataCapture}/*`,
          },
        ]
      : []),
    {
      Sid: "WriteLogs",
      Action: [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
      ],
      Resource: `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/sagemaker/Endpoints/*`,
    },
    {
      Sid: "PutMetrics",
      Action: "cloudwatch:PutMetricData",
      // PutMetricData supports no resource-level permissions; the namespace is the only restriction.
      Resource: "*",
      Condition: { StringLike: { "cloudwatch:namespace": "/aws/sagemaker/*" } },
    },
    // SageMaker looks at the rollback alarms with the execution role ("Auto-Rollback Configuration and
    // Monitoring"); without this permission no alarm would ever undo an update.
    ...(inputs.alarmArns.length === 0
      ? []
      : [
          {
            Sid: "WatchRollbackAlarms",
            Action: "cloudwatch:DescribeAlarms",
            Resource: [...inputs.alarmArns],
          },
        ]),
    ...imageStatements(inputs.repositoryArns),
    ...(inputs.keyArn === undefined
      ? []
      : [{ Sid: "UseKey", Action: keyActions, Resource: inputs.keyArn }]),
    ...(inputs.vpc === undefined ? [] : networkInterfaceStatements(inputs, inputs.vpc)),
  ];
}
