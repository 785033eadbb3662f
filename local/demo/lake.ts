import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";

import type { StackOutputs } from "../../contracts/stackOutputs";
import { LocalRun } from "../run/localRun";
import { BatchMetrics, DemoReport } from "./report";
import { compiledContract } from "./workload";

const POLL_MILLISECONDS = 250;
/** The job has this long to take up what was sent before the demo calls it stuck. */
const PATIENCE_MILLISECONDS = 120_000;

/** The account of every record that was sent. */
export type Audit = Pick<DemoReport, "events" | "freshnessSeconds"> & {
  readonly lost: number;
  readonly doubled: number;
};

const auditSchema = z.object({
  sent: z.int(),
  valid: z.int(),
  quarantined: z.record(z.string(), z.int()),
  duplicates: z.int(),
  lost: z.int(),
  doubled: z.int(),
  freshnessSeconds: z.object({ p50: z.number(), p95: z.number() }),
});

/** Metrics files that the streaming job writes into the folders of its steps. */
function metricsFiles(runDirectory: string): string[] {
  // Not the whole tree: a step's scratch folder holds thousands of files, and this is asked again and again.
  return entries(path.join(runDirectory, "emr"))
    .flatMap(entries)
    .map((step) => path.join(step, "metrics.jsonl"))
    .filter((file) => fs.existsSync(file));
}

function entries(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

/** Every micro-batch so far, in the order in which they were committed. */
export function readBatches(runDirectory: string): BatchMetrics[] {
  return metricsFiles(runDirectory)
    .flatMap((file) => fs.readFileSync(file, "utf8").split("\n"))
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as BatchMetrics)
    .sort((left, right) => left.committedAt.localeCompare(right.committedAt));
}

/** Records that the job has committed so far. */
export function recordsInLake(runDirectory: string): number {
  return readBatches(runDirectory).reduce((sum, batch) => sum + batch.rowsIn, 0);
}

/**
 * Waits until the job has committed as many records as were sent.
 *
 * @throws Error when it makes no progress for two minutes
 */
export async function waitForLake(
  run: LocalRun,
  sent: number,
  show: (line: string) => void,
): Promise<void> {
  let seen = 0;
  let lastProgress = Date.now();
  for (;;) {
    const now = recordsInLake(run.runDirectory);
    if (now >= sent) {
      return;
    }
    if (now > seen) {
      seen = now;
      lastProgress = Date.now();
    }
    if (Date.now() - lastProgress > PATIENCE_MILLISECONDS) {
      throw new Error(
        `The streaming job has committed ${seen} of ${sent} records and nothing new for ` +
          `${PATIENCE_MILLISECONDS / 1000} seconds. Its logs are below ` +
          `${path.relative(process.cwd(), path.join(run.runDirectory, "emr"))}.`,
      );
    }
    show(`${now} of ${sent} records are in the lake`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/**
 * Accounts for every record by its sequence number.
 *
 * @param sentFile manifest that the replay wrote
 * @param lake the lake of the run's stack
 * @throws Error when a record is lost, doubled or has another verdict than it should
 */
export async function auditLake(
  run: LocalRun,
  sentFile: string,
  lake: StackOutputs["lake"],
  show: (line: string) => void,
): Promise<Audit> {
  const metrics = metricsFiles(run.runDirectory).flatMap((file) => ["--metrics", file]);
  const printed = await run.python(
    "local.audit",
    [
      ...["--sent", sentFile, "--events-uri", lake.eventsUri],
      ...["--contract", compiledContract(run.workload)],
      ...["--quarantine-key-secret", lake.quarantineKeySecretArn ?? "", ...metrics],
    ],
    show,
  );
  const { sent, valid, quarantined, duplicates, ...rest } = auditSchema.parse(
    JSON.parse(printed.trim().split("\n").at(-1) ?? ""),
  );
  return { events: { sent, valid, quarantined, duplicates }, ...rest };
}
