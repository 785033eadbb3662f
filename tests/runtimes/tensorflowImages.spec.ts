import { expect } from "chai";
import { readFileSync } from "node:fs";

import { DEFAULT_TRAINING_VERSION } from "../../components/runtimes/tensorflowImages";
import { trainingConfigSchema } from "../../components/training/config";
import {
  imageRegionProblem,
  inferenceImage,
  repositoryArn,
  trainingImage,
} from "../../components/training/frameworkImages";
import { inRepository } from "../../tools/paths";

const FIRST = "763104351884.dkr.ecr.us-east-1.amazonaws.com";

describe("AWS's TensorFlow images", () => {
  it("have the tags that AWS lists for what trains and what serves by default", () => {
    const { frameworkVersion, inferenceVersion } = trainingConfigSchema.parse({});
    expect(trainingImage("us-east-1", frameworkVersion, "ml.m5.xlarge")).to.equal(
      `${FIRST}/tensorflow-training:2.21.0-cpu-py312-amzn2023-sagemaker`,
    );
    expect(inferenceImage("us-east-1", inferenceVersion)).to.equal(
      `${FIRST}/tensorflow-inference:2.20-cpu-py312-amzn2023-sagemaker-v1`,
    );
  });

  it("train with the TensorFlow that everything here is tested with", () => {
    const lock = readFileSync(inRepository("requirements.lock"), "utf8");
    expect(/^tensorflow[_-]cpu==(.+)$/m.exec(lock)?.[1]).to.equal(DEFAULT_TRAINING_VERSION);
  });

  it("come from the registry of their region, with a GPU where the instance has one", () => {
    expect(trainingImage("eu-south-1", "2.21.0", "ml.g5.xlarge")).to.equal(
      "692866216735.dkr.ecr.eu-south-1.amazonaws.com/" +
        "tensorflow-training:2.21.0-gpu-py312-cu129-amzn2023-sagemaker",
    );
    expect(trainingImage("il-central-1", "2.19.0", "ml.p4d.24xlarge")).to.equal(
      "780543022126.dkr.ecr.il-central-1.amazonaws.com/" +
        "tensorflow-training:2.19.0-gpu-py312-cu125-ubuntu22.04-sagemaker",
    );
    expect(trainingImage("cn-north-1", "2.21.0", "ml.m5.xlarge")).to.contain(
      "727897471807.dkr.ecr.cn-north-1.amazonaws.com.cn/",
    );
  });

  it("are in no unlisted region, and the error lists the others", () => {
    const sentence = /^has no registry of AWS's TensorFlow images .* af-south-1, .*, us-west-2$/;
    expect(() => inferenceImage("eu-north-9", "2.20.0")).to.throw(sentence);
    expect(imageRegionProblem("eu-north-9", trainingConfigSchema.parse({}))).to.match(sentence);
    const own = trainingConfigSchema.parse({ trainingImage: "r/t:1", inferenceImage: "r/i:1" });
    expect(imageRegionProblem("eu-north-9", own)).to.equal(undefined);
  });

  it("of an unknown version are refused with the known ones", () => {
    const wrong = { frameworkVersion: "2.20.0", inferenceVersion: "2.21.0" };
    const issues = trainingConfigSchema.safeParse(wrong).error!.issues;
    expect(issues.map(({ message }) => message)).to.deep.equal([
      "must be 2.21.0 or 2.19.0; an image of another version goes under trainingImage",
      "must be 2.20.0 or 2.19.0; an image of another version goes under inferenceImage",
    ]);
  });

  it("give the ARN of the repository they lie in; other registries have none", () => {
    expect(repositoryArn(inferenceImage("us-east-1", "2.20.0"), "aws")).to.equal(
      "arn:aws:ecr:us-east-1:763104351884:repository/tensorflow-inference",
    );
    expect(repositoryArn("docker.io/team/image:1", "aws")).to.equal(undefined);
  });
});
