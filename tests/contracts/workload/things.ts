import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { PREDICTION, predictionSchema, side } from "../prediction/schemas";

/** A `workload.json`. */
export const WORKLOAD = {
  title: "Things",
  description: "Says what a thing is.",
  epochs: 3,
  gate: { metric: "accuracy", minimum: 0.5 },
  metrics: ["accuracy"],
};

/** A `demo/data.json`. */
export const DATA_SET = {
  title: "Three things",
  package: "things",
  version: "1.0",
  files: [{ path: "things/all.csv", name: "all.csv", sha256: "0".repeat(64) }],
  terms: "They are everybody's.",
};

/** An `event.schema.json`. */
export const EVENT = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Things",
  type: "object",
  required: ["id"],
  properties: { id: { type: "integer", "x-use": "identity" } },
};

/** A `prediction.schema.json`. */
export const PREDICTIONS = predictionSchema(
  side({ id: { type: "integer" } }, { examples: [{ id: 1 }] }),
  PREDICTION,
);

/** The other files of a folder: code without problems. */
export const CODE = {
  "__init__.py": "",
  "training_set.py": "def build(events):\n    return events\n",
  "model.py": "WORKLOAD = object()\n",
};

/** Writes files of a workload; values other than strings become JSON. */
export function writeWorkload(
  folder: string,
  name: string,
  files: Readonly<Record<string, unknown>>,
): void {
  for (const [file, value] of Object.entries(files)) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  }
}
