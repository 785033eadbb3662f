import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";

import type { VerifyClients } from "./check";
import type { AlarmAnswer } from "./jobVerdict";

/** Every alarm that announces to a topic. */
export async function alarmsOf(
  cloudWatch: VerifyClients["cloudWatch"],
  topicArn: string,
): Promise<AlarmAnswer[]> {
  const alarms: AlarmAnswer[] = [];
  let nextToken: string | undefined;
  do {
    const page = await cloudWatch.send(
      new DescribeAlarmsCommand({ ActionPrefix: topicArn, NextToken: nextToken }),
    );
    alarms.push(
      ...(page.MetricAlarms ?? []).map(({ AlarmName, StateValue, StateReason }) => ({
        name: AlarmName ?? "",
        state: StateValue ?? "unknown",
        reason: StateReason,
      })),
    );
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return alarms;
}
