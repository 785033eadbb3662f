import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { loadWorkload } from "../../components/workload/loadWorkload";
import { createEventValidator } from "../../contracts/eventValidator";
import { newWorkload } from "../../ops/newWorkload";
import { followGuide, GUIDE_WORKLOAD, guideFiles, guideSample } from "./guideFiles";

/** Its model is tried in the end-to-end tests, where the guide is followed in a copy of the repository. */
describe("docs/workloads.md", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "guide-"));
  const workload = path.join(folder, GUIDE_WORKLOAD);

  before(() => newWorkload(GUIDE_WORKLOAD, folder));

  after(() => fs.rmSync(folder, { recursive: true }));

  it("shows each file that makes a workload another one", () => {
    expect(Object.keys(guideFiles())).to.deep.equal([
      ...["workload.json", "event.schema.json", "prediction.schema.json"],
      ...["training_set.py", "model.py", "demo/events.py", "demo/training_set.py"],
    ]);
    for (const file of Object.keys(guideFiles())) {
      expect(fs.existsSync(path.join(workload, file)), file).to.equal(true);
    }
  });

  it("makes a workload without a problem, whose contract takes the sample", () => {
    followGuide(workload);
    const { compiled } = loadWorkload(GUIDE_WORKLOAD, folder).workload.event;
    expect(createEventValidator(compiled)(Buffer.from(guideSample()))).to.equal(undefined);
    const broken = guideSample().replace('"grams": 1250', '"grams": 0');
    expect(createEventValidator(compiled)(Buffer.from(broken))).to.deep.equal({
      reason: "too_small",
      field: "parcel.grams",
    });
    expect(compiled.columns.map(({ name }) => name)).to.include.members([
      ...["parcel_id", "parcel_grams", "recipient_email_key"],
    ]);
  });
});
