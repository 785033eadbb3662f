import type * as aws from "@pulumi/aws";

import type { ApiConfig } from "./config";

/** Fields of the access log. No bodies and no IP addresses: both are personal data. */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  method: "$context.httpMethod",
  path: "$context.resourcePath",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatencyMs: "$context.integration.latency",
  error: "$context.error.responseType",
  apiKeyId: "$context.identity.apiKeyId",
  responseBytes: "$context.responseLength",
});

/** Settings of every method of the stage. Bodies are never traced. */
export function buildMethodSettings(
  config: Pick<ApiConfig, "throttle" | "accessLog">,
): aws.types.input.apigateway.MethodSettingsSettings {
  return {
    metricsEnabled: true,
    dataTraceEnabled: false,
    // Execution logs need the account's CloudWatch role, which is set up with access logs.
    loggingLevel: config.accessLog === undefined ? "OFF" : "ERROR",
    throttlingRateLimit: config.throttle.ratePerSecond,
    throttlingBurstLimit: config.throttle.burst,
  };
}
