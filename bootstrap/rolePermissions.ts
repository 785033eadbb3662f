import type { PolicyStatement } from "../components/shared/iam";
import { ARTIFACT_PREFIXES } from "../contracts/bucketLayout";
import { stackArns, type StackPlace } from "./permissions/arns";
import { SERVICE_LINKED } from "./permissions/conditions";
import { isReading } from "./permissions/review";
import { actionsOf } from "./permissions/reviewed";
import { serviceOf, stackStatements } from "./permissions/statements";
import { PERMISSIONS } from "./permissions/table";

/** Types that the approval of a model creates or changes; a test compares the plans before and after one. */
export const APPROVAL_TYPES = [
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/stage:Stage",
  "aws:appautoscaling/policy:Policy",
  "aws:appautoscaling/target:Target",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  "aws:sagemaker/model:Model",
  "pulumi-nodejs:dynamic/endpoint:EndpointDeployment",
  "pulumi:pulumi:Stack",
] as const;

/** Everything that planning looks at, and a refresh, without opening what secrets and objects hold. */
function lookingActions(): string[] {
  return actionsOf(Object.keys(PERMISSIONS)).filter(isReading);
}

/** Makes, changes and removes everything that a stack consists of. */
export function deployStatements(place: StackPlace): PolicyStatement[] {
  return [
    ...stackStatements(actionsOf(Object.keys(PERMISSIONS)), place),
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: [`arn:${place.partition}:iam::${place.accountId}:role/aws-service-role/*`],
      Condition: { StringEquals: { "iam:AWSServiceName": [...SERVICE_LINKED] } },
    },
  ];
}

/**
 * Looks at everything, opens nothing but the schema that the approved model was trained with, which may lie under the
 * lake's key. The secrets of a state are the state's: who plans has to decrypt them.
 */
export function previewStatements(place: StackPlace): PolicyStatement[] {
  const { partition, region } = place;
  const objects = stackArns(place, "stack")["s3:object"];
  return [
    ...stackStatements(lookingActions(), place),
    {
      Action: ["s3:GetObject"],
      Resource: objects
        .filter((arn) => arn.includes("-artifacts-"))
        .map((arn) => arn.replace(/\*$/, `${ARTIFACT_PREFIXES.schemas}/*`)),
    },
    {
      Action: ["kms:Decrypt"],
      Resource: stackArns(place, "stack")["kms:key"],
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.${suffixOf(partition)}` } },
    },
  ];
}

/** Looks at everything, and changes what depends on the model that serves, the roles that depend on it included. */
export function approvalStatements(place: StackPlace): PolicyStatement[] {
  const changing = actionsOf(APPROVAL_TYPES).filter((action) => !isReading(action));
  return [
    ...stackStatements(lookingActions(), place),
    ...stackStatements(changing, place, "model"),
  ];
}

/**
 * Denies whoever deploys stacks every action on the state's own key but its use. The ids of a stack's keys are not known
 * before, so those actions are allowed on all keys of the account.
 */
export function sparedKeyStatement(keyArn: string): PolicyStatement {
  const using = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"];
  const actions = actionsOf(Object.keys(PERMISSIONS)).filter(
    (action) => serviceOf(action) === "kms" && !using.includes(action) && !isReading(action),
  );
  return { Sid: "SpareStateKey", Effect: "Deny", Action: actions, Resource: keyArn };
}

function suffixOf(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
