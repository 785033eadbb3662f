import { expect } from "chai";
import * as fs from "node:fs";
import { OBJECT_STORAGE_VERSION } from "../../tools/setup/objectStorage";
import { setupSteps } from "../../tools/setup/steps";
import { inRepository } from "../../tools/paths";

describe("steps of setup", () => {
  it("wait only for steps that stand before them, since those are started in order", () => {
    const seen: string[] = [];
    for (const step of setupSteps()) {
      expect(seen, step.name).to.include.members([...step.after]);
      seen.push(step.name);
    }
  });

  it("compile one program at a time", () => {
    const storage = setupSteps().find(({ name }) => name === "object-storage");
    expect(storage?.after).to.deep.equal(["engine"]);
  });

  it("name the version of the S3 server that the Go module pins", () => {
    const pinned = fs.readFileSync(inRepository("tools/object-storage/go.mod"), "utf8");
    expect(pinned).to.contain(`github.com/versity/versitygw v${OBJECT_STORAGE_VERSION} `);
  });
});
