import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { LocalRun } from "../../local/run/localRun";
import { eventThatBreaks } from "./plantedData";

/** What `produce` says of an event and of a line that is none, both with a text in them, that break the contract. */
export async function refusalOfProduce(run: LocalRun, text: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "refused-"));
  const file = path.join(folder, "events.jsonl");
  const event = await eventThatBreaks(run, text);
  fs.writeFileSync(file, `${JSON.stringify(event)}\n${text}\n`);
  try {
    await run.node("ops/produce.ts", ["-s", "local", "--validate", "-f", file], () => undefined);
    return expect.fail("Both events break the contract.");
  } catch (error) {
    expect((error as Error).message).to.contain("2 lines of ");
    return (error as Error).message;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
