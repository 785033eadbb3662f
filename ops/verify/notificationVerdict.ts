import { failed, ok, type Verdict } from "./verdict";

/** A line of an alarm's history about its actions. */
export interface ActionAnswer {
  /** For example "Successfully executed action arn:aws:sns:...". */
  readonly summary: string;
}

const DONE = /^Successfully executed action/;

/** An alarm that fires reaches the topic. @param actions of the alarm since it was set */
export function judgeNotification(alarm: string, actions: readonly ActionAnswer[]): Verdict {
  if (actions.some(({ summary }) => DONE.test(summary))) {
    return ok(`${alarm} was set to ALARM and back, and its topic took the notification.`);
  }
  const [last] = actions;
  return failed(
    last === undefined
      ? `${alarm} was set to ALARM and notified nobody within a minute.`
      : `${alarm} was set to ALARM and could not notify the topic: ${last.summary}.`,
    "Follow docs/runbooks/failed-notification.md: the topic's policy or its key keeps CloudWatch out.",
  );
}
