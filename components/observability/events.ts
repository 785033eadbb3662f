/** An event that is announced beside the alarms. */
export interface AnnouncedEvent {
  /** Last part of the logical name, and the name of the runbook. */
  readonly role: string;
  readonly description: string;
  /** EventBridge pattern. */
  readonly pattern: Record<string, unknown>;
}

/** A step of this cluster failed or was cancelled. Nothing but `pulumi up` restarts it. */
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
 * This cluster ended. While a job should run, any end is one too many; without a job an idle cluster may end itself,
 * and only errors are news. A replaced cluster is not announced: by the time it goes, this watches its successor.
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

/** An execution of this pipeline failed: at the quality gate, or for want of rights, capacity or data. */
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
