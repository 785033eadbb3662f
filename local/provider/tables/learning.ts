import {
  arn,
  asCloudFormation,
  because,
  idFrom,
  idJoined,
  replacedOn,
  type ResourceTable,
  type ResourceType,
  terraformUnread,
  uuid,
} from "../resourceType";
import { text } from "../wire";

/** A SageMaker resource whose id is its name. */
function named(
  property: string,
  resource: string,
  replacement: ResourceType["replacement"],
): ResourceType {
  return {
    identify: idFrom(property),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "sagemaker", `${resource}/${id.toLowerCase()}`),
    }),
    replacement,
  };
}

/** SageMaker, the scaling of its endpoints, and the schedules that start pipelines. */
export const learningTypes: ResourceTable = {
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": named(
    "modelPackageGroupName",
    "model-package-group",
    asCloudFormation("AWS::SageMaker::ModelPackageGroup"),
  ),
  "aws:sagemaker/pipeline:Pipeline": named(
    "pipelineName",
    "pipeline",
    asCloudFormation("AWS::SageMaker::Pipeline"),
  ),
  "aws:sagemaker/model:Model": named("name", "model", asCloudFormation("AWS::SageMaker::Model")),
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": named(
    "name",
    "endpoint-config",
    asCloudFormation("AWS::SageMaker::EndpointConfig", { names: { kmsKeyArn: "KmsKeyId" } }),
  ),
  "aws:appautoscaling/target:Target": {
    identify: idFrom("resourceId"),
    outputs: (inputs, _id, location) => ({
      arn: arn(location, "application-autoscaling", `scalable-target/${text(inputs.resourceId)}`),
      roleArn: `arn:${location.partition}:iam::${location.accountId}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
    }),
    replacement: asCloudFormation("AWS::ApplicationAutoScaling::ScalableTarget"),
  },
  "aws:appautoscaling/policy:Policy": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "autoscaling", `scalingPolicy:policyName/${id}`),
      alarmArns: [],
    }),
    replacement: asCloudFormation("AWS::ApplicationAutoScaling::ScalingPolicy", {
      names: { name: "PolicyName" },
    }),
  },
  "aws:scheduler/schedule:Schedule": {
    identify: (inputs) => `${text(inputs.groupName) || "default"}/${text(inputs.name)}`,
    outputs: (_inputs, id, location) => ({ arn: arn(location, "scheduler", `schedule/${id}`) }),
    replacement: asCloudFormation("AWS::Scheduler::Schedule", {
      also: [because("the group is part of a schedule's ARN", "groupName")],
    }),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({ arn: arn(location, "events", `rule/${id}`) }),
    replacement: asCloudFormation("AWS::Events::Rule", {
      also: [
        because(
          "the bus is part of a rule's ARN; CloudFormation replaces on some changes only",
          "eventBusName",
        ),
      ],
    }),
  },
  "aws:cloudwatch/eventApiDestination:EventApiDestination": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({
      arn: arn(location, "events", `api-destination/${id}/${uuid()}`),
    }),
    replacement: asCloudFormation("AWS::Events::ApiDestination"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    identify: idJoined("-", "rule", "targetId"),
    replacement: replacedOn(
      terraformUnread("events/target.go"),
      "rule",
      "targetId",
      "eventBusName",
    ),
  },
};
