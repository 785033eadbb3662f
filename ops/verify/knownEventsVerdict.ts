import { failed, ok, type Verdict } from "./verdict";

/** What Athena found of the events that were sent. */
export interface FoundRows {
  readonly rows: number;
  /** Different records among them. */
  readonly records: number;
}

/** Every event is one row that Athena reads. */
export function judgeKnownEvents(sent: number, { rows, records }: FoundRows): Verdict {
  if (rows === sent && records === sent) {
    return ok(`${sent} known events were sent, and Athena reads each as one row.`);
  }
  return rows > records
    ? failed(
        `${sent} known events were sent, and Athena reads ${rows} rows of ${records}: some are duplicates.`,
        "Open an issue with this report and the driver's log.",
      )
    : failed(
        `${sent} known events were sent, and Athena reads ${records} of them after five minutes.`,
        "If the check job is ok, check location and partition columns of the Glue table, and the quarantine.",
      );
}
