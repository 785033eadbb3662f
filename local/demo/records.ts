import * as fs from "node:fs";
import { z } from "zod";

import type { LocalRun } from "../run/localRun";
import { Prediction, predictionSchema } from "./prediction";

const recordSchema = z.object({
  data: z.base64().transform((text) => Buffer.from(text, "base64")),
  partitionKey: z.string(),
  identity: z.array(z.string()),
  expected: z.string(),
  reasonField: z.string().nullable(),
  label: z.string().nullable(),
});

/** A record of the stream and the verdict that it must get. */
export interface DemoRecord {
  readonly data: Buffer;
  readonly partitionKey: string;
  /** What tells its event from all others, also where the record is broken. */
  readonly identity: readonly string[];
  /** `valid`, `duplicate` or the reason of its quarantine. */
  readonly expected: string;
  /** Path of the field that is to blame. `null`: it is valid, or the whole record is to blame. */
  readonly reasonField: string | null;
  readonly label: string | null;
}

const questionSchema = z.object({
  instance: z.record(z.string(), z.unknown()),
  text: z.string(),
  expected: predictionSchema,
});

/** What the API is asked about an event whose label training has not seen. */
export interface Question {
  /** What the API is sent. */
  readonly instance: Readonly<Record<string, unknown>>;
  /** What people are shown of it. */
  readonly text: string;
  /** The part of a prediction that was held back. */
  readonly expected: Prediction;
}

export interface DemoRecords {
  readonly records: readonly DemoRecord[];
  readonly questions: readonly Question[];
}

/**
 * Reads records, one JSON object a line, as `python -m local.events` writes them.
 *
 * @throws Error that names the line that is none
 */
export function readRecords(file: string): DemoRecord[] {
  return readLines(file, recordSchema);
}

/** Reads questions in the same way. */
export function readQuestions(file: string): Question[] {
  return readLines(file, questionSchema);
}

/**
 * Lets `local/events` turn the workload's data set into what imperfect producers send.
 *
 * @param count how many of its events, evenly spread over it. Absent: all
 */
export async function makeRecords(run: LocalRun, count?: number): Promise<DemoRecords> {
  const records = run.file("events", "records.jsonl");
  const questions = run.file("events", "questions.jsonl");
  await run.python(
    "local.events",
    [
      ...["demo", "--workload", run.workload, "--moment", new Date().toISOString()],
      ...(count === undefined ? [] : ["--events", String(count)]),
      ...["--records", records, "--questions", questions],
    ],
    () => undefined,
  );
  return { records: readRecords(records), questions: readQuestions(questions) };
}

/**
 * Lets `local/events` invent records of the same kind, for as many events.
 *
 * @param prefix begins every identity
 */
export async function inventRecords(
  run: LocalRun,
  prefix: string,
  count: number,
): Promise<DemoRecord[]> {
  const records = run.file("events", `${prefix}.jsonl`);
  await run.python(
    "local.events",
    [
      ...["crowd", "--workload", run.workload, "--events", String(count)],
      ...["--prefix", prefix, "--records", records],
    ],
    () => undefined,
  );
  return readRecords(records);
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line, index) => {
    const parsed = schema.safeParse(JSON.parse(line));
    if (!parsed.success) {
      throw new Error(
        `Line ${index + 1} of ${file} is not what \`python -m local.events\` writes: ` +
          z.prettifyError(parsed.error),
      );
    }
    return parsed.data;
  });
}
