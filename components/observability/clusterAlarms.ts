import type * as pulumi from "@pulumi/pulumi";

import type { AlarmSpec, Metric } from "./alarmSpec";

/** EMR publishes every five minutes (EMR, "Monitoring metrics with CloudWatch"); a shorter period would miss points. */
const EMR_PERIOD_SECONDS = 300;

/** Alarms for a missing job, unhealthy nodes and missing capacity. */
export function clusterAlarms(
  clusterId: pulumi.Input<string>,
  job: { readonly enabled: boolean },
): AlarmSpec[] {
  const metric = (metricName: string, statistic: Metric["statistic"]): Metric => ({
    namespace: "AWS/ElasticMapReduce",
    metricName,
    dimensions: { JobFlowId: clusterId },
    statistic,
  });
  const beyond = {
    comparisonOperator: "GreaterThanThreshold",
    periodSeconds: EMR_PERIOD_SECONDS,
    datapointsToAlarm: 3,
    evaluationPeriods: 3,
    treatMissingData: "notBreaching",
  } as const;
  const silent: AlarmSpec = {
    role: "job-not-running",
    description:
      "No application has been running on the cluster for 15 minutes, or the cluster is gone: nobody reads the stream.",
    watched: metric("AppsRunning", "Maximum"),
    threshold: 1,
    comparisonOperator: "LessThanThreshold",
    periodSeconds: EMR_PERIOD_SECONDS,
    datapointsToAlarm: 3,
    evaluationPeriods: 3,
    // A terminated cluster reports nothing.
    treatMissingData: "breaching",
  };
  return [
    // A disabled job would keep this alarm firing.
    ...(job.enabled ? [silent] : []),
    {
      ...beyond,
      role: "unhealthy-nodes",
      description:
        "YARN has taken nodes out of use, mostly because a disk is nearly full: the job has fewer of them.",
      watched: metric("MRUnhealthyNodes", "Maximum"),
      threshold: 0,
    },
    {
      ...beyond,
      role: "hdfs-full",
      description:
        "More than 80 % of HDFS is used. Drivers keep event logs there; when it is full, jobs fail.",
      watched: metric("HDFSUtilization", "Average"),
      threshold: 80,
    },
    {
      ...beyond,
      role: "cluster-too-small",
      description:
        "Containers have been waiting for a node for half an hour: scaling is at its limit, or EC2 has no capacity.",
      watched: metric("ContainerPending", "Average"),
      threshold: 0,
      datapointsToAlarm: 6,
      evaluationPeriods: 6,
    },
  ];
}
