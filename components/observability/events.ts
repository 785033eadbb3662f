/** An event that is published in addition to the alarms. */
export interface AnnouncedEvent {
  /** Last part of the logical name, and the name of the runbook. */
  readonly role: string;
  readonly description: string;
  /** EventBridge pattern. */
  readonly pattern: Record<string, unknown>;
}

/** A step of this cluster failed or was cancelled. Only `pulumi up` restarts it. */
export function failedStep(clusterId: string): AnnouncedEvent {
  return {
    role: "failed-step",
    description: "A step of the cluster failed or was cancelled.",
    pattern: {
      source: ["aws.emr"],
      "detail-type": ["EMR Step Status Change"],
      detail: { clusterId: [clusterId], state: ["FAILED", "CANCELLED"] },
    },
  };
}

/**
 * This cluster terminated. While a job should run, every termination is published; without a job only errors are,
 * because an idle cluster may terminate itself. A replaced cluster is not published: the rule then matches its
 * replacement.
 */
export function endedCluster(
  clusterId: string,
  job: { readonly enabled: boolean },
): AnnouncedEvent {
  return {
    role: "ended-cluster",
    description: "The cluster ended, or ended with errors.",
    pattern: {
      source: ["aws.emr"],
      "detail-type": ["EMR Cluster State Change"],
      detail: {
        clusterId: [clusterId],
        state: [...(job.enabled ? ["TERMINATED"] : []), "TERMINATED_WITH_ERRORS"],
      },
    },
  };
}

/** An execution of this pipeline failed: at the quality gate, or because permissions, capacity or data are missing. */
export function failedTraining(pipelineArn: string): AnnouncedEvent {
  return {
    role: "failed-training",
    description:
      "An execution of the training pipeline failed. The model that serves is not touched.",
    pattern: {
      source: ["aws.sagemaker"],
      "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
      detail: { pipelineArn: [pipelineArn], currentPipelineExecutionStatus: ["Failed"] },
    },
  };
}
