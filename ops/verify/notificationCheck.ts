import { DescribeAlarmHistoryCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";

import { alarmsOf } from "./alarms";
import type { Check, Clock, DeployedStack, VerifyClients } from "./check";
import { type ActionAnswer, judgeNotification } from "./notificationVerdict";
import { notApplicable } from "./verdict";

/** The alarm whose notification worries people least, by the role in its name. */
const MILD = /-freshness-/;
const REASON = "A test by npm run ops -- verify --active: nothing is wrong.";
const WAIT_MS = 5_000;
const LOOKS = 12;

export const notificationCheck: Check<DeployedStack> = {
  id: "alarm-notification",
  title: "an alarm that fires reaches the topic",
  onlyAws: "A local run keeps an alarm's state and notifies nobody.",
  async run({ outputs, clients: { cloudWatch }, clock }) {
    if (outputs.alarms === undefined) {
      return notApplicable("The stack was deployed by a release without alarms.");
    }
    const quiet = (await alarmsOf(cloudWatch, outputs.alarms.topicArn)).filter(
      ({ state }) => state !== "ALARM",
    );
    const alarm = quiet.find(({ name }) => MILD.test(name)) ?? quiet[0];
    if (alarm === undefined) {
      return notApplicable(
        "Every alarm of the stack is in ALARM already: check whether their recipients were notified.",
      );
    }
    const since = new Date(clock.now());
    await setState(cloudWatch, alarm.name, "ALARM");
    try {
      return judgeNotification(alarm.name, await actions(cloudWatch, alarm.name, since, clock));
    } finally {
      await setState(cloudWatch, alarm.name, alarm.state);
    }
  },
};

async function setState(
  cloudWatch: VerifyClients["cloudWatch"],
  name: string,
  state: string,
): Promise<void> {
  await cloudWatch.send(
    new SetAlarmStateCommand({
      AlarmName: name,
      StateValue: state as "OK" | "ALARM" | "INSUFFICIENT_DATA",
      StateReason: REASON,
    }),
  );
}

/** The notifications of an alarm since it was set, newest first; waits a minute for one. */
async function actions(
  cloudWatch: VerifyClients["cloudWatch"],
  name: string,
  since: Date,
  { sleep }: Clock,
): Promise<ActionAnswer[]> {
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep(WAIT_MS);
    const { AlarmHistoryItems: items = [] } = await cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: name,
        HistoryItemType: "Action",
        StartDate: since,
        ScanBy: "TimestampDescending",
      }),
    );
    if (items.length > 0) {
      return items.map(({ HistorySummary: summary }) => ({ summary: summary ?? "" }));
    }
  }
  return [];
}
