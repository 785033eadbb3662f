/**
 * What a release that is deployed becomes under the program as it is. Proves that no resource loses its URN or an input
 * that nothing changes in place; what happens to it in place is not looked at here.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { STACKS } from "../shared/plannedStacks";
import { endings, type Identities, plannedIdentities } from "./identity";

/** The stacks as commit 214d3ab deploys them, before rooms were moved: see record.ts. */
const DEPLOYED = join(__dirname, "deployed.json");

describe("the upgrade of a deployed stack", function () {
  this.timeout(120_000);
  const deployed = JSON.parse(readFileSync(DEPLOYED, "utf8")) as Record<string, Identities>;
  let planned: Record<string, Identities>;

  before(async () => {
    planned = await plannedIdentities();
  });

  for (const stack of STACKS) {
    it(`replaces and deletes nothing in ${stack}`, () => {
      expect(Object.keys(deployed[stack])).to.have.length.greaterThan(50);
      expect(endings(deployed[stack], planned[stack])).to.deep.equal([]);
    });
  }

  it("shows a resource that is called differently, and one that would be replaced", () => {
    const bucket = "urn:pulumi:prod::streaming-ml::aws:s3/bucket:Bucket::lake";
    expect(endings({ [bucket]: {} }, {})).to.deep.equal([
      `${bucket} is no longer in the program: give it an alias, or say in CHANGELOG.md that it is deleted`,
    ]);
    expect(endings({ [bucket]: { bucket: "one" } }, { [bucket]: { bucket: "two" } })).to.deep.equal(
      [`${bucket} is replaced, because bucket changes from "one" to "two"`],
    );
    expect(endings({ [bucket]: {} }, { [bucket]: { bucket: "two" } })).to.deep.equal([
      `${bucket} is replaced, because bucket changes from nothing to "two"`,
    ]);
    expect(endings({ [bucket]: { bucket: "one" } }, { [bucket]: { bucket: "one" } })).to.deep.equal(
      [],
    );
  });
});
