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
    identify: (inputs) => `${text(inputs.groupName) || "default"}/${text(inputs.name)}`,
    outputs: (_inputs, id, place) => ({ arn: arn(place, "scheduler", `schedule/${id}`) }),
    replacement: replacedOn(
      terraformUnread("scheduler/schedule.go"),
      "name",
      "namePrefix",
      "groupName",
    ),
  },
  "aws:cloudwatch/eventRule:EventRule": {
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
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "events", `api-destination/${id}/${uuid()}`),
    }),
    replacement: replacedOn(terraformUnread("events/api_destination.go"), "name"),
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
