import * as fs from "node:fs";
import * as path from "node:path";

import { LocalRun } from "../../local/run/localRun";
import { filesHolding, secretKey, spellingsOf } from "./keyLeak";
import { PLANTED } from "./plantedData";
import { testedWorkload } from "./testedWorkload";

/**
 * Where keys and personal data are searched for, each with a text that stands there: a search that no longer reaches
 * the place finds nothing of it, and would say nothing.
 */
export const SEARCHED: readonly {
  readonly kind: string;
  readonly text: string;
  /** Relative to the run's folder. */
  readonly file: RegExp;
}[] = [
  { kind: "what was sent", text: PLANTED.person, file: /^sent\.jsonl$/ },
  {
    kind: "the state of the stack",
    text: "ciphertext",
    file: /^pulumi\/state\/\.pulumi\/stacks\//,
  },
  { kind: "its history", text: "ciphertext", file: /^pulumi\/state\/\.pulumi\/history\// },
  { kind: "the engine's logs", text: "streaming-job", file: /^logs\/pulumi-up\.log$/ },
  { kind: "the gateway's log", text: "POST", file: /^logs\/gateway\.log$/ },
  { kind: "the log of the services", text: "Step", file: /^logs\/services\.log$/ },
  { kind: "the job's log", text: "WARN", file: /^emr\/.*\/stderr$/ },
  { kind: "what the job's driver says", text: "INFO", file: /^emr\/.*\/stdout$/ },
  { kind: "Spark's event logs", text: "SparkListener", file: /^emr\/.*\/event-log\// },
  { kind: "Spark's plans", text: "physicalPlanDescription", file: /^emr\/.*\/event-log\// },
  { kind: "the job's metrics", text: "rowsWithUnknownFields", file: /^emr\/.*metrics/ },
  {
    kind: "the report of the evaluation",
    text: testedWorkload.gate.metric,
    file: /^object-storage\/.*evaluation\.json$/,
  },
  { kind: "the training's log", text: "validation_score", file: /^sagemaker\/.*\/std(?:out|err)$/ },
  { kind: "the job's lock", text: "applicationId", file: /^object-storage\/.*\.lock\.json$/ },
  {
    kind: "the checkpoint's offsets",
    text: "sequenceNumber",
    file: /^object-storage\/.*\/offsets\//,
  },
];

/** What nobody may write down: both of the job's keys and the API's, in every spelling, and the planted person's data. */
export async function secretsOf(run: LocalRun): Promise<readonly Buffer[]> {
  const key = Buffer.from(await run.apiKey());
  return [
    ...spellingsOf(await secretKey(run, "user-key")),
    ...spellingsOf(await secretKey(run, "quarantine-key")),
    key,
    Buffer.from(key.toString("base64")),
    ...Object.values(PLANTED).map((text) => Buffer.from(text)),
  ];
}

/**
 * Files of a run that hold one of its secrets, but for what a test has written itself.
 *
 * @param since looks only into files that were written from then on. @default all there are
 */
export function filesWithSecrets(
  { runDirectory }: LocalRun,
  secrets: readonly Buffer[],
  since = 0,
): string[] {
  // The identity of what it sent, and what it has decrypted.
  const own = /^sent\.jsonl$|\.quarantine_contents\.log$/;
  const isNew = (file: string): boolean => {
    const written = fs.statSync(path.join(runDirectory, file), { throwIfNoEntry: false });
    return written !== undefined && written.mtimeMs >= since;
  };
  return filesHolding(runDirectory, secrets, (file) => !own.test(file) && isNew(file));
}

/** Files of a run that a place of {@link SEARCHED} names, as the search finds them. */
export function filesOf({ runDirectory }: LocalRun, { text, file }: (typeof SEARCHED)[number]) {
  return filesHolding(runDirectory, [Buffer.from(text)], (one) => file.test(one));
}
