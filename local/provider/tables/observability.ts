import {
  terraform,
  terraformUnread,
  arn,
  idFrom,
  replacedOn,
  replacedOnAllBut,
  replacementUnknown,
  uuid,
  type ResourceTable,
} from "../resourceType";
import { text } from "../wire";

/** Logs, alarms, dashboards, notifications, budgets. */
export const observabilityTypes: ResourceTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    autoName: { property: "name", maximumLength: 512 },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "logs", `log-group:${id}`) }),
    replacement: replacedOn(terraform("logs/group.go"), "name", "namePrefix", "logGroupClass"),
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    identify: idFrom("policyName"),
    replacement: replacedOn(terraformUnread("logs/resource_policy.go"), "policyName"),
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    autoName: { property: "name", maximumLength: 512 },
    identify: idFrom("name"),
    replacement: replacedOn(terraformUnread("logs/metric_filter.go"), "name", "logGroupName"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    autoName: { property: "name" },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "cloudwatch", `alarm:${id}`) }),
    replacement: replacedOn(terraformUnread("cloudwatch/metric_alarm.go"), "name"),
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    identify: idFrom("alarmName"),
    outputs: (_inputs, id, place) => ({ arn: arn(place, "cloudwatch", `alarm:${id}`) }),
    replacement: replacedOn(terraformUnread("cloudwatch/composite_alarm.go"), "alarmName"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    identify: idFrom("dashboardName"),
    outputs: (_inputs, id, place) => ({
      dashboardArn: `arn:${place.partition}:cloudwatch::${place.accountId}:dashboard/${id}`,
    }),
    replacement: replacedOn(terraformUnread("cloudwatch/dashboard.go"), "dashboardName"),
  },
  "aws:sns/topic:Topic": {
    autoName: { property: "name" },
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
    autoName: { property: "name", maximumLength: 80 },
    identify: (inputs, place) =>
      `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${text(inputs.name)}`,
    outputs: (inputs, id, place) => ({ arn: arn(place, "sqs", text(inputs.name)), url: id }),
    replacement: replacedOn(terraformUnread("sqs/queue.go"), "name", "namePrefix", "fifoQueue"),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    identify: idFrom("queueUrl"),
    replacement: replacedOn(terraformUnread("sqs/queue_policy.go"), "queueUrl"),
  },
  "aws:budgets/budget:Budget": {
    autoName: { property: "name", maximumLength: 100 },
    identify: (inputs, place) => `${place.accountId}:${text(inputs.name)}`,
    outputs: (inputs, _id, place) => ({
      arn: `arn:${place.partition}:budgets::${place.accountId}:budget/${text(inputs.name)}`,
    }),
    replacement: replacedOnAllBut(
      terraformUnread("budgets/budget.go"),
      "autoAdjustData",
      "costFilters",
      "costTypes",
      "filterExpression",
      "limitAmount",
      "limitUnit",
      "notifications",
      "plannedLimits",
      "tags",
      "timePeriodEnd",
      "timePeriodStart",
      "timeUnit",
    ),
  },
  "aws:ssm/parameter:Parameter": {
    autoName: { property: "name" },
    identify: idFrom("name"),
    outputs: (_inputs, id, place) => ({
      arn: arn(place, "ssm", `parameter/${id.replace(/^\//, "")}`),
      version: 1,
    }),
    replacement: replacementUnknown,
  },
};
