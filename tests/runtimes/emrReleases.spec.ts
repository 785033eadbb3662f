import { expect } from "chai";

import {
  EMR_RELEASES,
  newestPython,
  pythonPath,
  releaseDifference,
  releaseProblem,
  suitableReleases,
} from "../../components/runtimes/emrReleases";

const USE = "use emr-7.14.0 or emr-7.13.0";

describe("EMR releases", () => {
  it("are those the job is built for, newest first", () => {
    expect(suitableReleases()).to.deep.equal(["emr-7.14.0", "emr-7.13.0"]);
    expect(suitableReleases().map(releaseProblem)).to.deep.equal([undefined, undefined]);
  });

  it("are refused with what they hold and what the job needs", () => {
    expect(releaseProblem("emr-spark-8.1.0")).to.equal(
      "has Spark 4.1, Scala 2.13, Python 3.13, and the job is built for Spark 3.5, Scala 2.12, " +
        `Python 3.11: ${USE}`,
    );
  });

  it("are refused for a Spark that gives a query up when a stage is run again", () => {
    const release = EMR_RELEASES["emr-7.14.0"];
    expect(releaseDifference({ ...release, sparkPatch: 1 })).to.equal(
      "has Spark 3.5.1, and the job is built for Spark 3.5.2 or later",
    );
    expect(releaseDifference({ ...release, sparkPatch: undefined })).to.contain("Spark 3.5.0");
    expect(releaseDifference({ ...release, sparkPatch: 2 })).to.equal(undefined);
  });

  it("are refused for the Java of their line, and where nothing is known, with the way to say it", () => {
    expect(releaseProblem("emr-6.15.0")).to.equal(
      `is of a line that runs Java 8, and the job is built for Java 17: ${USE}`,
    );
    expect(releaseProblem("emr-7.99.0")).to.equal(
      `is no release this program knows: ${USE}, or add what it holds to components/runtimes/emrReleases.ts`,
    );
  });

  it("run the newest Python they have, which is not the one they run by themselves", () => {
    const release = EMR_RELEASES["emr-7.14.0"];
    expect(pythonPath(newestPython(release))).to.equal("/usr/bin/python3.11");
    expect(release.python[0]).to.equal("3.9");
  });
});
