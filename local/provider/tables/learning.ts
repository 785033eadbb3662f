import {
  terraform,
  terraformUnread,
  documented,
  arn,
  idFrom,
  idJoined,
  replacedOn,
  replacedOnAllBut,
  uuid,
  type ResourceTable,
  type ResourceType,
} from "../resourceType";
import { text } from "../wire";

/** SageMaker resources whose id is their name. */
function named(
  property: string,
  resource: string,
  replacement: ResourceType["replacement"],
): ResourceType {
  return {
    autoName: { property, maximumLength: 63 },
    identify: idFrom(property),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "sagemaker", `${resource}/${id.toLowerCase()}`),
    }),
    replacement,
  };
}

/** SageMaker, the scaling of its endpoints, and the schedules that start pipelines. */
export const learningTypes: ResourceTable = {
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": named(
    "modelPackageGroupName",
    "model-package-group",
    replacedOnAllBut(
      documented("SageMaker has no UpdateModelPackageGroup; only tags change"),
      "tags",
    ),
  ),
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": {
    identify: idFrom("modelPackageGroupName"),
    replacement: replacedOn(
      terraformUnread("sagemaker/model_package_group_policy.go"),
      "modelPackageGroupName",
    ),
  },
  "aws:sagemaker/pipeline:Pipeline": named(
    "pipelineName",
    "pipeline",
    replacedOn(terraform("sagemaker/pipeline.go"), "pipelineName"),
  ),
  "aws:sagemaker/model:Model": named(
    "name",
    "model",
    replacedOnAllBut(terraform("sagemaker/model.go"), "tags"),
  ),
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": named(
    "name",
    "endpoint-config",
    replacedOnAllBut(documented("SageMaker has no UpdateEndpointConfig; only tags change"), "tags"),
  ),
  "aws:sagemaker/endpoint:Endpoint": named(
    "name",
    "endpoint",
    replacedOn(
      terraform("sagemaker/endpoint.go"),
      "name",
      "deploymentConfig.autoRollbackConfiguration",
    ),
  ),
  "aws:appautoscaling/target:Target": {
    identify: idFrom("resourceId"),
    outputs: (inputs, _id, place) => ({
      arn: arn(place, "application-autoscaling", `scalable-target/${text(inputs.resourceId)}`),
      roleArn: `arn:${place.partition}:iam::${place.accountId}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
    }),
    replacement: replacedOn(
      terraformUnread("appautoscaling/target.go"),
      "resourceId",
      "scalableDimension",
      "serviceNamespace",
    ),
  },
  "aws:appautoscaling/policy:Policy": {
    autoName: { property: "name" },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "autoscaling", `scalingPolicy:policyName/${id}`),
      alarmArns: [],
    }),
    replacement: replacedOn(
      terraformUnread("appautoscaling/policy.go"),
      "name",
      "resourceId",
      "scalableDimension",
      "serviceNamespace",
    ),
  },
  "aws:scheduler/schedule:Schedule": {
    autoName: { property: "name", maximumLength: 64 },
    identify: (inputs) => `${text(inputs.groupName) || "default"}/${text(inputs.name)}`,
    outputs: (_inputs, id, place) => ({ arn: arn(place, "scheduler", `schedule/${id}`) }),
    replacement: replacedOn(
      terraformUnread("scheduler/schedule.go"),
      "name",
      "namePrefix",
      "groupName",
    ),
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": {
    autoName: { property: "name", maximumLength: 64 },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "scheduler", `schedule-group/${id}`),
      state: "ACTIVE",
    }),
    replacement: replacedOn(terraformUnread("scheduler/schedule_group.go"), "name", "namePrefix"),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    autoName: { property: "name", maximumLength: 64 },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "events", `rule/${id}`) }),
    replacement: replacedOn(
      terraformUnread("events/rule.go"),
      "name",
      "namePrefix",
      "eventBusName",
    ),
  },
  "aws:cloudwatch/eventApiDestination:EventApiDestination": {
    autoName: { property: "name", maximumLength: 64 },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "events", `api-destination/${id}/${uuid()}`),
    }),
    replacement: replacedOn(terraformUnread("events/api_destination.go"), "name"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    autoName: { property: "targetId", maximumLength: 64 },
    identify: idJoined("-", "rule", "targetId"),
    replacement: replacedOn(
      terraformUnread("events/target.go"),
      "rule",
      "targetId",
      "eventBusName",
    ),
  },
};
