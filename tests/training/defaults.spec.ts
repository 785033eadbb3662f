import { readFileSync } from "node:fs";

import { expect } from "chai";

import { trainingConfigSchema } from "../../components/training/config";

describe("defaults of the training", () => {
  it("are the same in the stack's configuration and in the script: the stack's would silently win", () => {
    const script = readFileSync("training/model_training/hyperparameters.py", "utf8");
    const [, epochs] = /^ {4}epochs: int = (\d+)$/m.exec(script) ?? [];
    expect(trainingConfigSchema.shape.epochs.parse(undefined)).to.equal(Number(epochs));
  });
});
