import * as fs from "node:fs";
import { DemoRun } from "../../local/demo/demoRun";
import { DemoRecord } from "../../local/demo/records";
import { replay } from "../../local/demo/replay";

/** Records of one portion: short enough that a load ends soon after it is told to. */
const PORTION = 100;

/** Sends records at a steady rate until it is told to stop, and notes every one that the stream took. */
export class Load {
  /** Records that are in the stream. */
  sent = 0;
  private stopping = false;
  private sending?: Promise<void>;

  /**
   * @param sentFile receives the manifest that the audit compares the lake with
   * @param ratePerSecond records per second
   */
  constructor(
    private readonly run: DemoRun,
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
      const portion = Array.from({ length: PORTION }, (_, index) => record(this.sent + index));
      const portionFile = `${this.sentFile}.portion`;
      await replay(this.run, this.streamName, portion, {
        rate: this.ratePerSecond,
        sentFile: portionFile,
        show: () => undefined,
      });
      fs.appendFileSync(this.sentFile, fs.readFileSync(portionFile));
      this.sent += portion.length;
      // A pacer lets the first call of a portion go at once; without this the rate would be higher.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The n-th record: one in fifty is broken, one in a hundred is the one fifty before it once more. */
function record(number: number): DemoRecord {
  const repeats = number % 100 === 99;
  const eventId = `load-${repeats ? number - 50 : number}`;
  const key = { eventId, partitionKey: eventId };
  if (number % 50 === 7) {
    return { ...key, data: Buffer.from(`post ${number}`), expected: "not_json" };
  }
  const post = {
    event_id: eventId,
    user_id: `user-${number % 997}`,
    text: `post ${eventId}`,
    created_at: "2026-01-01T00:00:00Z",
  };
  return {
    ...key,
    data: Buffer.from(JSON.stringify(post)),
    expected: repeats ? "duplicate" : "valid",
  };
}
