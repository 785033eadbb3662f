import { z } from "zod";

const heading = { title: z.string(), note: z.string() };

const matrixSchema = z.object({
  kind: z.literal("matrix"),
  ...heading,
  rowTitle: z.string(),
  rows: z.array(z.string()),
  columnTitle: z.string(),
  columns: z.array(z.string()),
  counts: z.array(z.array(z.number())),
});

const curvesSchema = z.object({
  kind: z.literal("curves"),
  ...heading,
  xTitle: z.string(),
  yTitle: z.string(),
  lines: z.array(
    z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) }),
  ),
  diagonal: z.boolean(),
});

const evaluationSchema = z.object({
  gate: z.object({ metric: z.string(), value: z.number() }),
  metrics: z.record(z.string(), z.object({ value: z.number() })),
  plots: z.array(z.discriminatedUnion("kind", [matrixSchema, curvesSchema])),
});

/** Counts by two categories. */
export type Matrix = z.infer<typeof matrixSchema>;

/** Lines over a common axis. */
export type Curves = z.infer<typeof curvesSchema>;

export type Plot = Matrix | Curves;

/** What the demo reads of the `evaluation.json` that `training/evaluate.py` writes. */
export type Evaluation = z.infer<typeof evaluationSchema>;

/** @throws Error when the text is no evaluation; it names every place that is wrong */
export function parseEvaluation(text: string): Evaluation {
  const parsed = evaluationSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(
      `The evaluation report is not what training/evaluate.py writes: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
