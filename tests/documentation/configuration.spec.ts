import { expect } from "chai";
import * as fs from "node:fs";

import { CONFIGURATION_PAGE, configurationPage } from "../../tools/documentation/configuration";

describe("docs/configuration.md", () => {
  it("says what the schemas say; if not, run `make documentation`", () => {
    expect(fs.readFileSync(CONFIGURATION_PAGE, "utf8")).to.equal(configurationPage());
  });
});
