import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { planStack, stackConfig } from "../shared/plannedStacks";

/** Characters of all inline policies of one role together, white space not counted (IAM quotas). */
const LONGEST_INLINE_POLICIES = 10_240;

const HIGHEST_VERSION = 10;

const lakeOfProd = stackConfig("prod")["streaming-ml:lake"] as object;

describe("the highest version of the lake", () => {
  it("has room in the policies of every role, which name all versions", async function () {
    this.timeout(180_000);
    const beyond = { ...lakeOfProd, version: HIGHEST_VERSION + 1 };
    expect(lakeConfigSchema.safeParse(beyond).success).to.equal(false);
    const plan = await planStack("prod", {
      ...stackConfig("prod"),
      "streaming-ml:lake": { ...lakeOfProd, version: HIGHEST_VERSION },
    });
    const lengths = new Map<unknown, number>();
    for (const { inputs } of plan.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")) {
      const length = (inputs.policy as string).replace(/\s/g, "").length;
      lengths.set(inputs.role, (lengths.get(inputs.role) ?? 0) + length);
    }
    const longest = Math.max(...lengths.values());
    expect(longest).to.be.within(LONGEST_INLINE_POLICIES / 2, LONGEST_INLINE_POLICIES);
  });
});
