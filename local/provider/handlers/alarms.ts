import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";

import { isObject, type Properties, text } from "../wire";
import { connectionTo } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";
import { upperCamelKeys } from "./upperCamel";

function client({ location }: HandlerContext): CloudWatchClient {
  return new CloudWatchClient(connectionTo("CLOUDWATCH", location.region));
}

/** In CloudWatch dimensions are a list, in Pulumi a map. */
function dimensionList(value: unknown): { Name: string; Value: string }[] | undefined {
  return isObject(value)
    ? Object.entries(value).map(([Name, inner]) => ({ Name, Value: text(inner) }))
    : undefined;
}

function metricQueries(value: unknown): Properties[] | undefined {
  return Array.isArray(value)
    ? (value as Properties[]).map(({ metric, ...query }) => ({
        ...upperCamelKeys(query),
        ...(isObject(metric) && { MetricStat: metricStat(metric) }),
      }))
    : undefined;
}

function metricStat({ namespace, metricName, dimensions, ...rest }: Properties): Properties {
  return {
    ...upperCamelKeys(rest),
    Metric: {
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: dimensionList(dimensions),
    },
  };
}

/** The PutMetricAlarm request for Pulumi's inputs of an alarm. */
export function alarmRequest(inputs: Properties): PutMetricAlarmCommandInput {
  const {
    name,
    dimensions,
    metricQueries: queries,
    okActions,
    evaluateLowSampleCountPercentiles,
    ...rest
  } = inputs;
  return {
    ...upperCamelKeys({
      ...rest,
      evaluateLowSampleCountPercentile: evaluateLowSampleCountPercentiles,
    }),
    // In Pulumi a map; nothing here reads them.
    Tags: undefined,
    AlarmName: text(name),
    OKActions: okActions as string[] | undefined,
    Dimensions: dimensionList(dimensions),
    Metrics: metricQueries(queries),
  } as PutMetricAlarmCommandInput;
}

/** Metric alarms in the stand-in, which keeps their state but does not compute it. */
export const alarmsHandlers: HandlerTable = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    async create(inputs, context) {
      await client(context).send(new PutMetricAlarmCommand(alarmRequest(inputs)));
      return {};
    },
    async update(_id, _olds, news, context) {
      await client(context).send(new PutMetricAlarmCommand(alarmRequest(news)));
      return undefined;
    },
    async delete(id, _properties, context) {
      await client(context).send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
    },
    async exists(id, _properties, context) {
      const { MetricAlarms } = await client(context).send(
        new DescribeAlarmsCommand({ AlarmNames: [id] }),
      );
      return MetricAlarms !== undefined && MetricAlarms.length > 0;
    },
  },
};
