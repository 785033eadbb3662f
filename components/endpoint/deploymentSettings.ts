import type { DeploymentConfig as SageMakerDeploymentConfig } from "@aws-sdk/client-sagemaker";

import type { DeploymentConfig } from "./config";

/**
 * How SageMaker moves an endpoint of instances to a new configuration: blue/green, everything at once
 * or a canary first, and back by itself when one of the alarms fires.
 *
 * @param alarmNames 1 to 10 CloudWatch alarms
 */
export function buildDeploymentSettings(
  config: DeploymentConfig,
  alarmNames: readonly string[],
): SageMakerDeploymentConfig {
  return {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration:
        config.strategy === "canary"
          ? {
              Type: "CANARY",
              CanarySize: { Type: "CAPACITY_PERCENT", Value: config.canaryPercent },
              WaitIntervalInSeconds: config.waitSeconds,
            }
          : { Type: "ALL_AT_ONCE", WaitIntervalInSeconds: config.waitSeconds },
      TerminationWaitInSeconds: config.terminationWaitSeconds,
      MaximumExecutionTimeoutInSeconds: config.timeoutSeconds,
    },
    AutoRollbackConfiguration: {
      Alarms: alarmNames.map((AlarmName) => ({ AlarmName })),
    },
  };
}
