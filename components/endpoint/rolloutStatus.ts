/** Longest pause between two looks at the endpoint, in milliseconds. */
export const LONGEST_WAIT_MS = 15_000;

/** Looks often at first, when a refusal shows, and rarely later. */
export function nextWaitMs(previous: number): number {
  return previous === 0 ? 500 : Math.min(previous * 1.5, LONGEST_WAIT_MS);
}

/**
 * What an endpoint status means for a deployment.
 * Statuses: DescribeEndpoint API reference.
 */
export function readableStatus(status: string): { changing: boolean; wayOut: string } {
  switch (status) {
    case "Creating":
    case "Updating":
    case "SystemUpdating":
    case "RollingBack":
    case "Deleting":
      return { changing: true, wayOut: "Run pulumi up again to wait for it." };
    case "Failed":
      return {
        changing: false,
        wayOut:
          "Repair the model or reject its package (npm run ops -- reject), then run pulumi up again.",
      };
    case "UpdateRollbackFailed":
      return {
        changing: false,
        wayOut:
          "It serves a mix of two configurations and SageMaker accepts no update: delete the endpoint, then run " +
          "pulumi up again.",
      };
    default:
      return {
        changing: false,
        wayOut: "Look at the endpoint in SageMaker, then run pulumi up again.",
      };
  }
}
