import type * as pulumi from "@pulumi/pulumi";

import type { AlarmSpec } from "./alarmSpec";

/** No requests, no errors. */
const ERRORS = {
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  periodSeconds: 60,
  datapointsToAlarm: 3,
  evaluationPeriods: 5,
  treatMissingData: "notBreaching",
} as const;

/**
 * Alarms on what callers of the model notice. The alarms that roll back an update belong to the endpoint component.
 * Metrics: SageMaker, "Endpoint invocation metrics".
 */
export function endpointAlarms(endpoint: {
  readonly endpointName: pulumi.Input<string>;
  readonly variantName: pulumi.Input<string>;
}): AlarmSpec[] {
  return [
    {
      ...ERRORS,
      role: "endpoint-errors",
      description: "The model answers with server errors.",
      watched: {
        namespace: "AWS/SageMaker",
        metricName: "Invocation5XXErrors",
        dimensions: { EndpointName: endpoint.endpointName, VariantName: endpoint.variantName },
        statistic: "Sum",
      },
    },
  ];
}

/**
 * Alarms on what callers of the API notice besides the model: throttled endpoints, missing permissions, timeouts. Only
 * with a model: until then 503 is the intended response. Metrics: API Gateway, "REST API metrics".
 */
export function apiAlarms(api: {
  readonly name: pulumi.Input<string>;
  readonly stage: pulumi.Input<string>;
}): AlarmSpec[] {
  return [
    {
      ...ERRORS,
      role: "api-errors",
      description: "The API answers with server errors.",
      watched: {
        namespace: "AWS/ApiGateway",
        metricName: "5XXError",
        dimensions: { ApiName: api.name, Stage: api.stage },
        statistic: "Sum",
      },
    },
  ];
}
