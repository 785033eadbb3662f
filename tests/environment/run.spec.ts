import { expect } from "chai";
import * as fs from "node:fs";

import { createRunDirectory } from "../../local/environment/run";
import { inLocal } from "../../tools/paths";

describe("the folder of a run", () => {
  it("is created while another run removes one that both have found", () => {
    fs.mkdirSync(inLocal("runs"), { recursive: true });
    // Listed, and gone when it is looked at.
    const gone = inLocal("runs", "gone-0");
    fs.symlinkSync("nowhere", gone);
    try {
      const directory = createRunDirectory("test");
      expect(fs.readdirSync(directory)).to.deep.equal([]);
      fs.rmdirSync(directory);
    } finally {
      fs.rmSync(gone, { force: true });
    }
  });
});
