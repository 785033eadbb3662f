/** Runs scenarios on one environment: `node -r tsx/cjs tests/reliability/deployment/main.ts canary crash`. */
import type { Outcome } from "../../../tools/drill/drill";
import { reportOutcome } from "../reportOutcome";
import {
  anotherInstanceType,
  anotherMode,
  CANARY,
  INSTANCES,
  interrupted,
  interruptedCreation,
  rolling,
} from "./kindScenarios";
import { again, alarm, canary, crash, rejected, scaledOut, type Scenario } from "./scenarios";
import { ServingRun } from "./servingRun";

const scenarios: Readonly<Record<string, Scenario>> = {
  canary,
  crash,
  alarm,
  again,
  scaledOut,
  rejected,
  anotherInstanceType,
  anotherMode,
  interrupted,
  interruptedCreation,
  rolling,
};

/** Requests per second. A machine on which fewer than the second come back proves less. */
const RATE = 60;
const LEAST_RATE = 50;

async function run(names: readonly string[]): Promise<Outcome> {
  const figures: Record<string, number | string> = {};
  const complaints: string[] = [];
  console.log("deploying the stack and the first model");
  const serving = await ServingRun.start(
    { "streaming-ml:endpoint": { mode: "instances", instances: INSTANCES, deployment: CANARY } },
    RATE,
  );
  const stop = (): void => void serving.stop().then(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    for (const name of names) {
      console.log(`${name} under load`);
      const outcome = await scenarios[name](serving);
      for (const [what, value] of Object.entries(outcome.figures)) {
        figures[`${name} ${what}`] = value;
      }
      const rate = outcome.figures["requests/s"];
      if (typeof rate === "number" && rate < LEAST_RATE) {
        complaints.push(`${name}: the load was ${rate} requests/s only.`);
      }
      complaints.push(...outcome.complaints.map((complaint) => `${name}: ${complaint}`));
    }
  } catch (error) {
    complaints.push((error as Error).message);
  } finally {
    await serving.stop();
  }
  return { figures, complaints };
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in scenarios));
if (names.length === 0 || unknown.length > 0) {
  console.error(
    `Name scenarios out of ${Object.keys(scenarios).join(", ")}. Received: ${unknown.join(", ")}.`,
  );
  process.exit(2);
}
void reportOutcome(run(names));
