import { expect } from "chai";

import { dashboardBody } from "../../components/observability/dashboard";

describe("dashboard", () => {
  it("shows the stages from left to right, and the endpoint where there is one", () => {
    const deliveries = {
      topicName: "alarms-1",
      rules: { "failed-step": "failed-step-1" },
      deadLetterQueues: { compaction: "compaction-undelivered-1" },
    };
    const input = { region: "us-east-1", streamName: "events-1", clusterId: "j-1", deliveries };
    const titles = (body: ReturnType<typeof dashboardBody>) =>
      body.widgets.map((widget) => (widget as { properties: { title: string } }).properties.title);
    expect(titles(dashboardBody(input))).to.deep.equal([
      "Stream: records in and out",
      "Stream: age of the oldest unread record",
      "Cluster: memory and containers waiting for it",
      "Cluster: running jobs",
      "Announcements: delivered, failed, given up by a rule",
      "Dead-letter queues: what could not be delivered",
    ]);
    const endpoint = { endpointName: "sentiment", variantName: "live" };
    expect(titles(dashboardBody({ ...input, endpoint }))).to.have.length(8);
    const withJob = dashboardBody({ ...input, jobNamespace: "StreamingMl" });
    expect(titles(withJob).slice(2, 5)).to.deep.equal([
      "Job: seconds behind the stream, and a micro-batch's duration",
      "Job: age of an event when it becomes readable",
      "Job: records refused, and fields that the contract does not know",
    ]);
    expect(JSON.stringify(withJob.widgets[2])).to.contain(
      '["StreamingMl","BehindSeconds","Stream","events-1",{"stat":"Maximum"}]',
    );
    expect(withJob.widgets[4]).to.deep.nested.include({
      "properties.metrics": [
        ["StreamingMl", "QuarantinedRows", "Stream", "events-1", { stat: "Sum" }],
        ["StreamingMl", "RowsWithUnknownFields", "Stream", "events-1", { stat: "Sum" }],
        ["StreamingMl", "UnknownFields", "Stream", "events-1", { stat: "Sum" }],
      ],
    });
    // The one place where a topic that reaches nobody can be seen.
    expect(JSON.stringify(dashboardBody(input).widgets[4])).to.contain(
      '"NumberOfNotificationsFailed","TopicName","alarms-1"',
    );
    expect(dashboardBody(input).widgets[3]).to.include({ x: 12, y: 6 });
  });
});
