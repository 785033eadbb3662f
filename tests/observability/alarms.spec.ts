import { expect } from "chai";

import type { AlarmSpec } from "../../components/observability/alarmSpec";
import { clusterAlarms } from "../../components/observability/clusterAlarms";
import { alarmsConfigSchema } from "../../components/observability/config";
import { jobAlarms, type WatchedJob } from "../../components/observability/jobAlarms";
import { apiAlarms, endpointAlarms } from "../../components/observability/servingAlarms";
import { streamAlarms } from "../../components/observability/streamAlarms";

const config = alarmsConfigSchema.parse({
  recipients: "none",
  iteratorAgeShareOfRetention: 0.25,
});
const stream = { name: "events-1", retentionHours: 48 };
const job: WatchedJob = {
  enabled: true,
  source: "aws-kinesis",
  freshnessSeconds: 20,
  metrics: { kind: "cloudwatch", namespace: "StreamingMl" },
};

function alarm(alarms: AlarmSpec[], role: string): AlarmSpec {
  const found = alarms.find((one) => one.role === role);
  if (found === undefined) {
    throw new Error(
      `There is no alarm "${role}" among ${alarms.map((one) => one.role).join(", ")}.`,
    );
  }
  return found;
}

describe("alarms of the stream", () => {
  it("fire when unread records reach the share of the retention the stack gives", () => {
    const age = alarm(streamAlarms(config, stream, job), "iterator-age");
    expect(age.threshold).to.equal(12 * 3600 * 1000);
    expect(age.description).to.contain("more than 12 hours old; after 48 hours it is lost");
    expect(age.watched).to.deep.equal({
      namespace: "AWS/Kinesis",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      dimensions: { StreamName: "events-1" },
      statistic: "Maximum",
    });
  });

  it("treat missing data as a failure while a job should run, and as healthy otherwise", () => {
    const missing = (enabled: boolean) =>
      alarm(streamAlarms(config, stream, { enabled }), "iterator-age").treatMissingData;
    expect(missing(true)).to.equal("breaching");
    expect(missing(false)).to.equal("notBreaching");
  });

  it("watch a consumer of its own under the name Kinesis reports its lag by", () => {
    const fannedOut = { ...stream, consumerName: "spark" };
    expect(alarm(streamAlarms(config, fannedOut, job), "iterator-age").watched).to.deep.equal({
      namespace: "AWS/Kinesis",
      metricName: "SubscribeToShardEvent.MillisBehindLatest",
      dimensions: { StreamName: "events-1", ConsumerName: "spark" },
      statistic: "Maximum",
    });
  });
});

describe("alarms of the job", () => {
  it("fire at a multiple of the freshness the job is configured for", () => {
    const freshness = alarm(jobAlarms(config, stream, job), "freshness");
    expect(freshness.threshold).to.equal(60);
    expect(freshness.watched).to.deep.equal({
      namespace: "StreamingMl",
      metricName: "FreshnessP95Seconds",
      dimensions: { Stream: "events-1" },
      statistic: "Average",
    });
  });

  it("fire when the source itself is behind by the share of the retention the stack gives, where it says so", () => {
    const behind = alarm(jobAlarms(config, stream, { ...job, source: "kinesis-ranges" }), "behind");
    expect(behind.threshold).to.equal(12 * 3600);
    expect(behind.description).to.contain("more than 12 hours behind");
    expect(behind.watched).to.deep.equal({
      namespace: "StreamingMl",
      metricName: "BehindSeconds",
      dimensions: { Stream: "events-1" },
      statistic: "Maximum",
    });
    // An idle trigger publishes nothing, and is no failure.
    expect(behind.treatMissingData).to.equal("notBreaching");
    expect(jobAlarms(config, stream, job).map(({ role }) => role)).to.not.include("behind");
  });

  it("fire at the first row that is dropped as late", () => {
    const dropped = alarm(jobAlarms(config, stream, job), "rows-dropped");
    expect(dropped).to.include({
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      datapointsToAlarm: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    });
    expect(dropped.watched).to.deep.include({
      metricName: "RowsDroppedByWatermark",
      statistic: "Sum",
    });
  });

  it("fire at the share of refused records the stack gives", () => {
    const quarantine = alarm(
      jobAlarms({ ...config, quarantinedShare: 0.1 }, stream, job),
      "quarantine",
    );
    expect(quarantine.threshold).to.equal(10);
    expect(quarantine.watched).to.have.nested.property(
      "metrics.refused.metricName",
      "QuarantinedRows",
    );
    expect(quarantine.watched).to.have.nested.property("metrics.rows.metricName", "RowsIn");
  });

  it("are none where the figures go to a file: they could never fire", () => {
    expect(jobAlarms(config, stream, { ...job, metrics: { kind: "file" } })).to.deep.equal([]);
  });
});

describe("alarms of the cluster", () => {
  it("look no more often than EMR publishes", () => {
    const alarms = clusterAlarms("j-1", job);
    expect(alarms.map(({ role }) => role)).to.deep.equal([
      "job-not-running",
      "unhealthy-nodes",
      "hdfs-full",
      "cluster-too-small",
    ]);
    for (const { periodSeconds, watched, role } of alarms) {
      expect(periodSeconds, role).to.equal(300);
      expect(watched, role).to.deep.include({
        namespace: "AWS/ElasticMapReduce",
        dimensions: { JobFlowId: "j-1" },
      });
    }
  });

  it("notice that nothing runs, also when the cluster is gone, but only while a job should run", () => {
    const silent = alarm(clusterAlarms("j-1", { enabled: true }), "job-not-running");
    expect(silent).to.include({
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
    });
    const roles = clusterAlarms("j-1", { enabled: false }).map(({ role }) => role);
    expect(roles).to.not.include("job-not-running");
  });
});

describe("alarms of serving", () => {
  it("count server errors of the model and of the API, each under its own names", () => {
    const [endpoint] = endpointAlarms({ endpointName: "sentiment", variantName: "live" });
    expect(endpoint.watched).to.deep.include({
      metricName: "Invocation5XXErrors",
      dimensions: { EndpointName: "sentiment", VariantName: "live" },
    });
    const [api] = apiAlarms({ name: "api-1", stage: "live" });
    expect(api.watched).to.deep.include({
      metricName: "5XXError",
      dimensions: { ApiName: "api-1", Stage: "live" },
    });
    expect([endpoint, api].map(({ treatMissingData }) => treatMissingData)).to.deep.equal([
      "notBreaching",
      "notBreaching",
    ]);
  });
});
