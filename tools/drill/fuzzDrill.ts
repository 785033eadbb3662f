import type { Drill } from "./drill";

/** What everything that reads something from outside does with anything: `tests/fuzzing`. */
export const fuzzDrill: Readonly<Record<string, Drill>> = {
  fuzz: {
    title:
      "readers of records, offsets, state, locks, outputs, configuration, schemas and definitions get anything: " +
      "a result or their own error within seconds, and what is written is read as it was",
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/fuzzing/main.ts"],
    timeoutSeconds: 3600,
  },
};
