import { expect } from "chai";
import * as fs from "node:fs";

import { workloadNames } from "../../contracts/workload/names";
import { predictionTypes, predictionTypesFile } from "../../tools/documentation/predictionTypes";

for (const workload of workloadNames()) {
  describe(`workloads/${workload}/predictionApi.ts`, () => {
    it("says what the OpenAPI document says; if not, run `make documentation`", async () => {
      const written = fs.readFileSync(predictionTypesFile(workload), "utf8");
      expect(written).to.equal(await predictionTypes(workload));
    });
  });
}
