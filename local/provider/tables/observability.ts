import { arn, asCloudFormation, because, idFrom, type ResourceTable, uuid } from "../resourceType";
import { text } from "../wire";

/** Logs, alarms, dashboards, notifications, budgets. */
export const observabilityTypes: ResourceTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({ arn: arn(location, "logs", `log-group:${id}`) }),
    replacement: asCloudFormation("AWS::Logs::LogGroup", {
      also: [
        because("only CreateLogGroup takes it; CloudFormation refuses the change", "logGroupClass"),
      ],
    }),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({ arn: arn(location, "cloudwatch", `alarm:${id}`) }),
    replacement: asCloudFormation("AWS::CloudWatch::Alarm"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    identify: idFrom("dashboardName"),
    outputs: (_inputs, id, location) => ({
      dashboardArn: `arn:${location.partition}:cloudwatch::${location.accountId}:dashboard/${id}`,
    }),
    replacement: asCloudFormation("AWS::CloudWatch::Dashboard"),
  },
  "aws:sns/topic:Topic": {
    identify: (inputs, location) => arn(location, "sns", text(inputs.name)),
    outputs: (_inputs, id, location) => ({
      arn: id,
      owner: location.accountId,
      beginningArchiveTime: "",
    }),
    replacement: asCloudFormation("AWS::SNS::Topic"),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    identify: idFrom("arn"),
    outputs: (_inputs, _id, location) => ({ owner: location.accountId }),
    replacement: asCloudFormation("AWS::SNS::TopicPolicy", {
      also: [
        because("one policy of one topic, where CloudFormation takes a list of topics", "arn"),
      ],
    }),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    identify: (inputs) => `${text(inputs.topic)}:${uuid()}`,
    outputs: (_inputs, id, location) => ({
      arn: id,
      confirmationWasAuthenticated: false,
      ownerId: location.accountId,
      pendingConfirmation: true,
    }),
    replacement: asCloudFormation("AWS::SNS::Subscription", { names: { topic: "TopicArn" } }),
  },
  "aws:sqs/queue:Queue": {
    identify: (inputs, location) =>
      `https://sqs.${location.region}.amazonaws.com/${location.accountId}/${text(inputs.name)}`,
    outputs: (inputs, id, location) => ({ arn: arn(location, "sqs", text(inputs.name)), url: id }),
    replacement: asCloudFormation("AWS::SQS::Queue"),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    identify: idFrom("queueUrl"),
    replacement: asCloudFormation("AWS::SQS::QueuePolicy", {
      also: [
        because("one policy of one queue, where CloudFormation takes a list of queues", "queueUrl"),
      ],
    }),
  },
};
