import {
  terraform,
  terraformUnread,
  arn,
  idFrom,
  replacedOn,
  uuid,
  type ResourceTable,
} from "../resourceType";
import { text } from "../wire";

/** Logs, alarms, dashboards, notifications, budgets. */
export const observabilityTypes: ResourceTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "logs", `log-group:${id}`) }),
    replacement: replacedOn(terraform("logs/group.go"), "name", "namePrefix", "logGroupClass"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "cloudwatch", `alarm:${id}`) }),
    replacement: replacedOn(terraformUnread("cloudwatch/metric_alarm.go"), "name"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    identify: idFrom("dashboardName"),
    outputs: (_inputs, id, place) => ({
      dashboardArn: `arn:${place.partition}:cloudwatch::${place.accountId}:dashboard/${id}`,
    }),
    replacement: replacedOn(terraformUnread("cloudwatch/dashboard.go"), "dashboardName"),
  },
  "aws:sns/topic:Topic": {
    identify: (inputs, place) => arn(place, "sns", text(inputs.name)),
    outputs: (_inputs, id, place) => ({
      arn: id,
      owner: place.accountId,
      beginningArchiveTime: "",
    }),
    replacement: replacedOn(terraformUnread("sns/topic.go"), "name", "namePrefix", "fifoTopic"),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    identify: idFrom("arn"),
    outputs: (_inputs, _id, place) => ({ owner: place.accountId }),
    replacement: replacedOn(terraformUnread("sns/topic_policy.go"), "arn"),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    identify: (inputs) => `${text(inputs.topic)}:${uuid()}`,
    outputs: (_inputs, id, place) => ({
      arn: id,
      confirmationWasAuthenticated: false,
      ownerId: place.accountId,
      pendingConfirmation: true,
    }),
    replacement: replacedOn(
      terraformUnread("sns/topic_subscription.go"),
      "topic",
      "protocol",
      "endpoint",
    ),
  },
  "aws:sqs/queue:Queue": {
    identify: (inputs, place) =>
      `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${text(inputs.name)}`,
    outputs: (inputs, id, place) => ({ arn: arn(place, "sqs", text(inputs.name)), url: id }),
    replacement: replacedOn(terraformUnread("sqs/queue.go"), "name", "namePrefix", "fifoQueue"),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    identify: idFrom("queueUrl"),
    replacement: replacedOn(terraformUnread("sqs/queue_policy.go"), "queueUrl"),
  },
};
