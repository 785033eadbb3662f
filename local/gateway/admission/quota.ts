import type { Clock } from "./tokenBucket";

export type QuotaPeriod = "DAY" | "WEEK" | "MONTH";

export interface QuotaSettings {
  /** Requests per period. */
  readonly limit: number;
  /** Requests subtracted from the limit in the first period. */
  readonly offset: number;
  readonly period: QuotaPeriod;
}

/** Counts the requests of one API key in one usage plan. */
export class QuotaCounter {
  private used: number;
  private periodStart: number;

  constructor(
    readonly settings: QuotaSettings,
    private readonly clock: Clock,
  ) {
    this.used = settings.offset;
    this.periodStart = startOfPeriod(settings.period, clock());
  }

  /** Counts a request; false if the quota of this period is used up. */
  take(): boolean {
    const start = startOfPeriod(this.settings.period, this.clock());
    if (start !== this.periodStart) {
      this.periodStart = start;
      this.used = 0;
    }
    if (this.used >= this.settings.limit) {
      return false;
    }
    this.used += 1;
    return true;
  }
}

/** Periods begin at midnight UTC: every day, on Sunday, on the first of the month. */
export function startOfPeriod(period: QuotaPeriod, now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (period) {
    case "DAY":
      return Date.UTC(year, month, day);
    case "WEEK":
      return Date.UTC(year, month, day - date.getUTCDay());
    case "MONTH":
      return Date.UTC(year, month, 1);
  }
}
