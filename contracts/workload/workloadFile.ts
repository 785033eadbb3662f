import { z } from "zod";

import { objectProblem, parseFile } from "./parsedFile";
import type { Workload } from "./workload";

/** A model package has room for 50 properties of 128 characters (SageMaker, CreateModelPackage). */
const MOST_METRICS = 40;

const sentence = (example: string) =>
  z.string(`must be a text, for example "${example}"`).min(1, "must not be empty");

const METRIC = "must be a figure's name in lower-case letters, digits and _, for example macro_f1";
const metric = z.string(METRIC).regex(/^[a-z][a-z0-9_]{0,63}$/, METRIC);

const METRICS = `must be a list of 1 to ${MOST_METRICS} names of figures without repetition, for example ["macro_f1"]`;
const EPOCHS = "must be a whole number from 1 to 1000";

/** What `workload.json` holds. */
const workloadFile = z
  .strictObject(
    {
      title: sentence("Sentiment of social posts"),
      description: sentence("Classifies the sentiment of social posts."),
      epochs: z.int(EPOCHS).min(1, EPOCHS).max(1000, EPOCHS),
      gate: z.strictObject(
        { metric, minimum: z.number("must be a number: the least value of the metric") },
        { error: (issue) => objectProblem(issue, "metric and minimum") },
      ),
      metrics: z
        .array(metric, METRICS)
        .min(1, METRICS)
        .max(MOST_METRICS, METRICS)
        .refine((listed) => new Set(listed).size === listed.length, METRICS),
    },
    { error: (issue) => objectProblem(issue, "title, description, epochs, gate and metrics") },
  )
  .refine(({ gate, metrics }) => metrics.includes(gate.metric), {
    path: ["metrics"],
    message: "must include the gate's metric, which every registered model publishes: add it",
  });

/**
 * Reads a `workload.json`.
 *
 * @param file where it stands, for messages
 * @throws SchemaError with everything in it that is wrong
 */
export function parseWorkloadFile(
  file: string,
  text: string,
): Omit<Workload, "name" | "prediction" | "event" | "dataSet"> {
  const rules = { page: "predictions.md", what: "what the workload is", schema: workloadFile };
  return parseFile(file, rules, text);
}
