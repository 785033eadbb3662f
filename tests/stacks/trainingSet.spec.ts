import { expect } from "chai";
import fs from "node:fs";

import { planAnew, planToCompare, stackConfig } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";

/** Plans dev as if its workload's `training_set.py` ended with `line`. */
async function planWith(line: string): Promise<readonly Registered[]> {
  const read = fs.readFileSync;
  fs.readFileSync = ((path: fs.PathOrFileDescriptor, ...rest: []) => {
    const content = read(path, ...rest) as string | Buffer;
    if (!String(path).endsWith("/sentiment/training_set.py")) {
      return content;
    }
    const changed = Buffer.concat([Buffer.from(content), Buffer.from(line)]);
    return typeof content === "string" ? changed.toString() : changed;
  }) as typeof fs.readFileSync;
  try {
    return await planAnew("dev", stackConfig("dev"));
  } finally {
    fs.readFileSync = read;
  }
}

/** What is planned in one place and not so in the other; secrets aside, which are new in each plan. */
function changed(plan: readonly Registered[], other: readonly Registered[]): string[] {
  const described = ({ type, name, inputs }: Registered) =>
    JSON.stringify([type, name, { ...inputs, secretString: undefined }]);
  const known = new Set(other.map(described));
  return plan
    .filter((one) => !known.has(described(one)))
    .map(({ type, name }) => `${type.split(":").at(-1)} ${name.replace(/-[0-9a-f]{8}$/, "")}`);
}

describe("a change of a workload's training_set.py", () => {
  it("changes the object that holds it and the training pipeline, and nothing else", async function () {
    this.timeout(180_000);
    const before = await planToCompare("dev");
    const after = await planWith("\n# A line more.\n");
    const expected = ["BucketObjectv2 spark-code-training-set", "Pipeline training"];
    expect(changed(after, before)).to.have.members(expected);
    expect(changed(before, after)).to.have.members(expected);
  });
});
