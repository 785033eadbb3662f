import { DemoRecord, inventRecords } from "../../local/demo/records";
import { replay } from "../../local/demo/replay";
import { LocalRun } from "../../local/run/localRun";

/** Records of one portion: short enough that a load ends soon after it is told to. */
const PORTION = 100;

/** Records that are made at once. */
const SUPPLY = 10_000;

/** Sends records at a steady rate until it is told to stop, and notes every one that the stream took. */
export class Load {
  /** Records that are in the stream. */
  sent = 0;
  private stopping = false;
  private supply: DemoRecord[] = [];
  private supplies = 0;
  private sending?: Promise<void>;

  /**
   * @param sentFile receives the manifest that the audit compares the lake with
   * @param ratePerSecond records per second
   */
  constructor(
    private readonly run: LocalRun,
    private readonly streamName: string,
    private readonly sentFile: string,
    private readonly ratePerSecond: number,
  ) {}

  start(): void {
    this.stopping = false;
    this.sending = this.send();
    // Reported by `stop`; until then nobody listens.
    this.sending.catch(() => undefined);
  }

  /** Ends the load after the portion that is under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.sending;
  }

  private async send(): Promise<void> {
    while (!this.stopping) {
      const portion = await this.take();
      await replay(this.run, this.streamName, portion, {
        rate: this.ratePerSecond,
        sentFile: this.sentFile,
        show: () => undefined,
      });
      this.sent += portion.length;
      // A pacer lets the first call of a portion go at once; without this the rate would be higher.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The next records: damaged ones, duplicates and late labels among them. */
  private async take(): Promise<DemoRecord[]> {
    if (this.supply.length === 0) {
      this.supplies += 1;
      this.supply = await inventRecords(this.run, `load-${this.supplies}`, SUPPLY);
    }
    return this.supply.splice(0, PORTION);
  }
}
