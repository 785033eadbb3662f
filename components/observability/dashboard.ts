/** Body of the CloudWatch dashboard: the pipeline in the order of the data flow. Pure. */
import type metrics from "../../contracts/job-metrics.json";

export interface DashboardInput {
  readonly deliveries: {
    readonly topicName: string;
    readonly rules: Readonly<Record<string, string>>;
    readonly deadLetterQueues: Readonly<Record<string, string>>;
  };
  readonly region: string;
  readonly streamName: string;
  /** Namespace of the job's own metrics; absent where it publishes none. */
  readonly jobNamespace?: string;
  readonly clusterId: string;
  readonly endpoint?: { readonly endpointName: string; readonly variantName: string };
}

type Metric = (string | Record<string, string>)[];

const WIDTH = 12;
const HEIGHT = 6;

/** Two widgets per row. */
export function dashboardBody(input: DashboardInput): { widgets: object[] } {
  const stream = ["StreamName", input.streamName];
  const cluster = ["JobFlowId", input.clusterId];
  const { jobNamespace } = input;
  const charts: [string, Metric[]][] = [
    [
      "Stream: records in and out",
      [
        ["AWS/Kinesis", "IncomingRecords", ...stream, { stat: "Sum" }],
        ["AWS/Kinesis", "GetRecords.Records", ...stream, { stat: "Sum" }],
      ],
    ],
    [
      "Stream: age of the oldest unread record",
      [["AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", ...stream, { stat: "Maximum" }]],
    ],
    ...(jobNamespace === undefined ? [] : jobCharts(jobNamespace, input.streamName)),
    [
      "Cluster: memory and containers waiting for it",
      [
        ["AWS/ElasticMapReduce", "YARNMemoryAvailablePercentage", ...cluster, { stat: "Average" }],
        ["AWS/ElasticMapReduce", "ContainerPending", ...cluster, { stat: "Maximum" }],
      ],
    ],
    [
      "Cluster: running jobs",
      [["AWS/ElasticMapReduce", "AppsRunning", ...cluster, { stat: "Maximum" }]],
    ],
  ];
  if (input.endpoint !== undefined) {
    const { endpointName, variantName } = input.endpoint;
    const variant = ["EndpointName", endpointName, "VariantName", variantName];
    charts.push(
      [
        "Endpoint: requests and errors",
        [
          ["AWS/SageMaker", "Invocations", ...variant, { stat: "Sum" }],
          ["AWS/SageMaker", "Invocation5XXErrors", ...variant, { stat: "Sum" }],
        ],
      ],
      [
        "Endpoint: model latency",
        [
          ["AWS/SageMaker", "ModelLatency", ...variant, { stat: "p50" }],
          ["AWS/SageMaker", "ModelLatency", ...variant, { stat: "p99" }],
        ],
      ],
    );
  }
  const { topicName, rules, deadLetterQueues } = input.deliveries;
  charts.push(
    [
      "Announcements: delivered, failed, given up by a rule",
      [
        ["AWS/SNS", "NumberOfNotificationsDelivered", "TopicName", topicName, { stat: "Sum" }],
        ["AWS/SNS", "NumberOfNotificationsFailed", "TopicName", topicName, { stat: "Sum" }],
        ...Object.values(rules).map((rule) => [
          ...["AWS/Events", "FailedInvocations", "RuleName", rule],
          { stat: "Sum" },
        ]),
      ],
    ],
    [
      "Dead-letter queues: what could not be delivered",
      Object.values(deadLetterQueues).map((queue) => [
        ...["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue],
        { stat: "Maximum" },
      ]),
    ],
  );
  return {
    widgets: charts.map(([title, metrics], index) => ({
      type: "metric",
      x: (index % 2) * WIDTH,
      y: Math.floor(index / 2) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: { title, metrics, region: input.region, period: 60, view: "timeSeries" },
    })),
  };
}

/** Metrics of the streaming job (`contracts/job-metrics.json`). */
function jobCharts(namespace: string, streamName: string): [string, Metric[]][] {
  const metric = (name: keyof typeof metrics, stat: string): Metric => [
    ...[namespace, name, "Stream", streamName],
    { stat },
  ];
  return [
    [
      "Job: seconds behind the stream, and a micro-batch's duration",
      [metric("BehindSeconds", "Maximum"), metric("BatchSeconds", "Maximum")],
    ],
    [
      "Job: age of an event when it becomes readable",
      [metric("FreshnessP50Seconds", "Average"), metric("FreshnessP95Seconds", "Average")],
    ],
    [
      "Job: records refused, and fields that the contract does not know",
      [
        metric("QuarantinedRows", "Sum"),
        metric("RowsWithUnknownFields", "Sum"),
        metric("UnknownFields", "Sum"),
      ],
    ],
  ];
}
