import { expect } from "chai";
import { readdirSync } from "node:fs";

import { clusterConfigSchema } from "../../components/cluster/config";
import { EMR_RELEASES } from "../../components/runtimes/emrReleases";
import { INFERENCE_IMAGES, TRAINING_IMAGES } from "../../components/runtimes/tensorflowImages";
import { trainingConfigSchema } from "../../components/training/config";
import { inRepository } from "../../tools/paths";
import { rooms } from "../shared/stackConfig";
import { supportDates, type SupportedVersion } from "./supportDates";

/** Every stack that somebody committed. */
const STACKS = readdirSync(inRepository())
  .map((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1])
  .filter((stack) => stack !== undefined);

function versionsOf(stack: string): SupportedVersion[] {
  const { cluster, training } = rooms(stack);
  const { releaseLabel } = clusterConfigSchema.parse(cluster);
  const { frameworkVersion, inferenceVersion, trainingImage, inferenceImage } =
    trainingConfigSchema.parse(training);
  const trainer = {
    name: `TensorFlow's training image ${frameworkVersion} (${stack})`,
    until: TRAINING_IMAGES[frameworkVersion].patchedUntil,
  };
  const server = {
    name: `TensorFlow's serving image ${inferenceVersion} (${stack})`,
    until: INFERENCE_IMAGES[inferenceVersion].patchedUntil,
  };
  return [
    { name: `${releaseLabel} (${stack})`, until: EMR_RELEASES[releaseLabel].supportedUntil },
    ...(trainingImage === undefined ? [trainer] : []),
    ...(inferenceImage === undefined ? [server] : []),
  ];
}

describe("versions that the stack files pin", () => {
  for (const stack of STACKS) {
    it(`are supported by AWS today (${stack})`, () => {
      const { ended, ending } = supportDates(versionsOf(stack), new Date());
      ending.forEach((warning) => console.warn(`      Warning: ${warning}`));
      expect(ended).to.deep.equal([]);
    });
  }

  it("are warned about for 60 days, and are an error from the day after the last", () => {
    const versions = [{ name: "emr-7.14.0", until: "2028-09-08" }];
    const on = (day: string) => supportDates(versions, new Date(`${day}T23:00:00Z`));
    expect(on("2028-07-10")).to.deep.equal({ ended: [], ending: [] });
    expect(on("2028-07-11").ending).to.deep.equal([
      "emr-7.14.0 is supported until 2028-09-08, 59 days more: plan for a newer one.",
    ]);
    expect(on("2028-09-08")).to.deep.equal({
      ended: [],
      ending: ["emr-7.14.0 is supported until 2028-09-08, 0 days more: plan for a newer one."],
    });
    expect(on("2028-09-09")).to.deep.equal({
      ended: ["emr-7.14.0 is not supported since 2028-09-08: choose a newer one."],
      ending: [],
    });
  });
});
