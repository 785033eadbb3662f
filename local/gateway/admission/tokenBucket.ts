/** Returns milliseconds since a fixed moment; tests pass a clock of their own. */
export type Clock = () => number;

/** Lets `ratePerSecond` requests pass on average and `burst` at once. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    readonly ratePerSecond: number,
    readonly burst: number,
    private readonly clock: Clock,
  ) {
    this.tokens = burst;
    this.filledAt = clock();
  }

  /** Takes a token; false if there is none. */
  take(): boolean {
    const now = this.clock();
    const refill = ((now - this.filledAt) / 1000) * this.ratePerSecond;
    this.tokens = Math.min(this.burst, this.tokens + refill);
    this.filledAt = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
