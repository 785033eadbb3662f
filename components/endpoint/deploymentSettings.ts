import type {
  BlueGreenUpdatePolicy,
  DeploymentConfig as SageMakerDeploymentConfig,
  RollingUpdatePolicy,
} from "@aws-sdk/client-sagemaker";

import type { DeploymentConfig } from "./config";

/**
 * How SageMaker moves an endpoint of instances to a new configuration, and back by itself when one of
 * the alarms fires.
 *
 * @param alarmNames 1 to 10 CloudWatch alarms
 */
export function buildDeploymentSettings(
  config: DeploymentConfig,
  alarmNames: readonly string[],
): SageMakerDeploymentConfig {
  return {
    ...(config.strategy === "rolling"
      ? { RollingUpdatePolicy: rolling(config) }
      : { BlueGreenUpdatePolicy: blueGreen(config) }),
    AutoRollbackConfiguration: {
      Alarms: alarmNames.map((AlarmName) => ({ AlarmName })),
    },
  };
}

function rolling(config: DeploymentConfig): RollingUpdatePolicy {
  return {
    MaximumBatchSize: { Type: "CAPACITY_PERCENT", Value: config.rollingPercent },
    WaitIntervalInSeconds: config.waitSeconds,
    MaximumExecutionTimeoutInSeconds: config.timeoutSeconds,
  };
}

function blueGreen(config: DeploymentConfig): BlueGreenUpdatePolicy {
  return {
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
  };
}
