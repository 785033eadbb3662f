import { z } from "zod";

import { failed, ok, type Verdict } from "./verdict";

const previewSchema = z.object({
  changeSummary: z.record(z.string(), z.number()),
  steps: z.array(z.object({ op: z.string(), urn: z.string() })).default([]),
});

/** Operations after which everything is as it was. */
const NOTHING = new Set(["same", "read", "refresh"]);

const SHOWN = 5;

/** A refresh finds nothing to change. @param text what `pulumi preview --refresh --json` printed */
export function judgeDrift(text: string): Verdict {
  const { changeSummary, steps } = previewSchema.parse(JSON.parse(text));
  const changes = Object.entries(changeSummary).filter(
    ([operation, count]) => !NOTHING.has(operation) && count > 0,
  );
  if (changes.length === 0) {
    return ok(
      `A refresh and a preview find nothing to change in ${changeSummary.same ?? 0} resources.`,
    );
  }
  const counts = changes.map(([operation, count]) => `${count} to ${operation}`).join(", ");
  const names = steps
    .filter(({ op }) => !NOTHING.has(op))
    .map(({ urn }) => urn.split("::").slice(2).join(" "))
    .slice(0, SHOWN);
  return failed(
    `After a refresh there are changes: ${counts}${names.length === 0 ? "" : ` (${names.join(", ")})`}.`,
    "If you changed nothing, AWS moves an input that ignoreChanges does not list: open an issue with this report.",
  );
}
