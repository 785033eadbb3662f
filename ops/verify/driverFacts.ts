import { z } from "zod";

/** What the driver writes before its facts: `spark/streaming_ml/driver_facts.py`. */
const MARKER = "driver facts: ";

const factsSchema = z.object({
  /** Name of the node, as Spark announces it. */
  host: z.string(),
  python: z.string(),
  java: z.string(),
  spark: z.string(),
});

/** Where a driver runs and on what; contracts/driver-facts.json is an example. */
export type DriverFacts = z.infer<typeof factsSchema>;

/** The newest facts in a driver's log; undefined when there are none. */
export function parseDriverFacts(log: string): DriverFacts | undefined {
  const line = log
    .split("\n")
    .filter((text) => text.includes(MARKER))
    .at(-1);
  if (line === undefined) {
    return undefined;
  }
  try {
    const facts = factsSchema.safeParse(
      JSON.parse(line.slice(line.indexOf(MARKER) + MARKER.length)),
    );
    return facts.data;
  } catch {
    // The end of what was read may have cut the line.
    return undefined;
  }
}
