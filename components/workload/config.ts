import { z } from "zod";

import { workloadNames } from "../../contracts/event/workloads";

/** What a stack file may say under `streaming-ml:workload`: the folder of `workloads/` that describes its events. */
export const workloadConfigSchema = z.custom<string>(
  (name) => typeof name === "string" && workloadNames().includes(name),
  {
    error: () =>
      "must be a folder of workloads/ with an event.schema.json: " +
      `${workloadNames().join(", ")}. Correct it, or add the folder`,
  },
);
