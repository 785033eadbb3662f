import { expect } from "chai";

import { alarmRequest } from "../../local/provider/handlers/alarms";

describe("request of an alarm", () => {
  it("has Pulumi's inputs in the spelling of CloudWatch", () => {
    expect(
      alarmRequest({
        name: "errors",
        namespace: "AWS/SageMaker",
        metricName: "Invocation5XXErrors",
        dimensions: { EndpointName: "e", VariantName: "main" },
        statistic: "Sum",
        period: 60,
        evaluationPeriods: 1,
        threshold: 5,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        okActions: ["arn:topic"],
        tags: { stack: "local" },
      }),
    ).to.deep.equal({
      AlarmName: "errors",
      Namespace: "AWS/SageMaker",
      MetricName: "Invocation5XXErrors",
      Dimensions: [
        { Name: "EndpointName", Value: "e" },
        { Name: "VariantName", Value: "main" },
      ],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      OKActions: ["arn:topic"],
      Metrics: undefined,
      Tags: undefined,
    });
  });

  it("nests the metrics of an expression", () => {
    const { Metrics } = alarmRequest({
      name: "share",
      metricQueries: [
        { id: "share", expression: "a / b", returnData: true },
        {
          id: "a",
          metric: {
            namespace: "AWS/Kinesis",
            metricName: "IncomingRecords",
            dimensions: { StreamName: "s" },
            period: 60,
            stat: "Sum",
          },
        },
      ],
    });
    expect(Metrics).to.deep.equal([
      { Id: "share", Expression: "a / b", ReturnData: true },
      {
        Id: "a",
        MetricStat: {
          Metric: {
            Namespace: "AWS/Kinesis",
            MetricName: "IncomingRecords",
            Dimensions: [{ Name: "StreamName", Value: "s" }],
          },
          Period: 60,
          Stat: "Sum",
        },
      },
    ]);
  });
});
