import * as fs from "node:fs";
import { z } from "zod";
import { inLocal } from "../../tools/paths";
import { WORKLOAD } from "./records";

const contractSchema = z.object({
  label: z.object({ values: z.array(z.string()) }),
});

/** The compiled event contract of the demo's workload, which setup has made. */
export function compiledContract(): string {
  return inLocal("contracts", `${WORKLOAD}.json`);
}

/** What people may say of an event, in the contract's order. */
export function readLabels(): readonly string[] {
  const content: unknown = JSON.parse(fs.readFileSync(compiledContract(), "utf8"));
  return contractSchema.parse(content).label.values;
}
