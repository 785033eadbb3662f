import { expect } from "chai";

import { deliveryAlarms } from "../../components/observability/deliveryAlarms";

describe("alarms of deliveries", () => {
  const alarms = deliveryAlarms({
    topicName: "alarms-1",
    rules: { approval: "approval-1" },
    deadLetterQueues: { compaction: "compaction-undelivered-1" },
  });

  it("watch each dead-letter queue, each rule and the topic, under the names AWS gives the metrics", () => {
    expect(alarms.map(({ role, subject, watched }) => ({ role, subject, watched }))).to.deep.equal([
      {
        role: "undelivered",
        subject: "compaction",
        watched: {
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: "compaction-undelivered-1" },
          statistic: "Maximum",
        },
      },
      {
        role: "failed-delivery",
        subject: "approval",
        watched: {
          namespace: "AWS/Events",
          metricName: "FailedInvocations",
          dimensions: { RuleName: "approval-1" },
          statistic: "Sum",
        },
      },
      {
        role: "failed-notification",
        subject: undefined,
        watched: {
          namespace: "AWS/SNS",
          metricName: "NumberOfNotificationsFailed",
          dimensions: { TopicName: "alarms-1" },
          statistic: "Sum",
        },
      },
    ]);
  });

  it("fire at the first one lost, and are silent where nothing is counted", () => {
    for (const alarm of alarms) {
      expect(alarm, alarm.role).to.deep.include({
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        datapointsToAlarm: 1,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
      });
    }
  });

  it("say that the alarm about the topic travels by the topic itself", () => {
    expect(alarms[2].description).to.contain("Only the others are told by this alarm");
  });
});
