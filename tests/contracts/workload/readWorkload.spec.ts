import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readEventContract } from "../../../contracts/event/workloads";
import { readPredictionContract } from "../../../contracts/prediction/workloads";
import { workloadNames } from "../../../contracts/workload/names";
import { readWorkload } from "../../../contracts/workload/readWorkload";
import { WorkloadError } from "../../../contracts/workload/workloadError";
import { DATA_SET, EVENT, PREDICTIONS, WORKLOAD, writeWorkload } from "./things";

describe("a workload", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "workloads-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, files: Record<string, unknown>) =>
    writeWorkload(folder, name, files);

  function things(workload: unknown = WORKLOAD): void {
    write("things", {
      "workload.json": workload,
      "event.schema.json": EVENT,
      "prediction.schema.json": PREDICTIONS,
    });
  }

  function problem(name = "things"): string {
    try {
      readWorkload(name, folder);
      return "";
    } catch (error) {
      expect(error).to.be.instanceOf(WorkloadError);
      return (error as Error).message;
    }
  }

  /** Problems of its `workload.json`. */
  function ofFile(workload: unknown): string[] {
    things(workload);
    const [head, ...lines] = problem().split("\n");
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    expect(head).to.equal(
      `workloads/things/workload.json has ${count} (docs/predictions.md has the rules):`,
    );
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }

  it("is what its three files say", () => {
    things();
    expect(readWorkload("things", folder)).to.deep.equal({
      name: "things",
      ...WORKLOAD,
      event: readEventContract("things", folder),
      prediction: readPredictionContract("things", folder),
    });
  });

  it("has the data set of its demo, where it has one", () => {
    things();
    write("things", { "demo/data.json": DATA_SET });
    expect(readWorkload("things", folder).dataSet).to.deep.equal(DATA_SET);
  });

  it("is there for folders with a workload.json only", () => {
    things();
    write("another", { "workload.json": "{" });
    write("empty", { "event.schema.json": EVENT });
    writeFileSync(join(folder, "README.md"), "");
    expect(workloadNames(folder)).to.deep.equal(["another", "things"]);
  });

  it("lists those there are when it is unknown", () => {
    things();
    write("another", { "workload.json": WORKLOAD });
    for (const name of ["thing", "../things", ""]) {
      expect(problem(name)).to.equal(
        `There is no workload "${name}". A workload is a folder of workloads/ with a workload.json: another, things. ` +
          "Correct the name, or add the folder.",
      );
    }
  });

  it("has every problem of its files in one message", () => {
    write("my-things", {
      "workload.json": { ...WORKLOAD, epochs: 0 },
      "prediction.schema.json": { ...PREDICTIONS, title: undefined },
      "event.schema.json": { ...EVENT, title: undefined },
      "demo/data.json": { ...DATA_SET, version: "^1.0" },
    });
    const all = [
      "workloads/my-things must be named in lower-case letters, digits and _, a letter first, at most 40 of them: " +
        "Python imports it. Rename the folder.",
      "workloads/my-things/workload.json has 1 problem (docs/predictions.md has the rules):",
      "  - epochs must be a whole number from 1 to 1000. Received: 0.",
      "workloads/my-things/prediction.schema.json has 1 problem (docs/predictions.md has the rules):",
      '  - title is missing: it names the API, for example "Sentiment predictions".',
      "workloads/my-things/event.schema.json has 1 problem (docs/events.md has the rules):",
      '  - title is missing: it says what the events are, for example "Social posts".',
      "workloads/my-things/demo/data.json has 1 problem (docs/local-mode.md has the rules):",
      '  - version must be one exact version, for example 0.26.1. Received: "^1.0".',
    ].join("\n");
    expect(problem("my-things")).to.equal(all);
  });

  it("names the files it lacks", () => {
    write("things", { "workload.json": WORKLOAD });
    expect(problem()).to.equal(
      "workloads/things/prediction.schema.json is missing: every workload has one. Add it.\n" +
        "workloads/things/event.schema.json is missing: every workload has one. Add it.",
    );
  });

  it("says what it is, how long it is trained and how good it must be", () => {
    expect(ofFile([])).to.deep.equal([
      "the schema must be an object: what the workload is. Received: [].",
    ]);
    expect(ofFile({ title: "", epochs: 1.5, gate: 7, metrics: [] })).to.deep.equal([
      'title must not be empty. Received: "".',
      'description must be a text, for example "Classifies the sentiment of social posts.".',
      "epochs must be a whole number from 1 to 1000. Received: 1.5.",
      "gate must be an object with metric and minimum. Received: 7.",
      "metrics must be a list of 1 to 40 names of figures without repetition, for example " +
        '["macro_f1"]. Received: [].',
    ]);
    expect(
      ofFile({ ...WORKLOAD, gate: { metric: "F1", minimum: "0.6", margin: 1 } }),
    ).to.deep.equal([
      "gate.metric must be a figure's name in lower-case letters, digits and _, for example macro_f1. Received: " +
        '"F1".',
      'gate.minimum must be a number: the least value of the metric. Received: "0.6".',
      "gate must hold metric and minimum only: remove margin. Received: " +
        '{"metric":"F1","minimum":"0.6","margin":1}.',
    ]);
  });

  it("has no other keys, and names the figure that decides", () => {
    expect(ofFile({ ...WORKLOAD, sample: {} })).to.deep.equal([
      "the schema must hold title, description, epochs, gate and metrics only: remove sample.",
    ]);
    expect(ofFile({ ...WORKLOAD, metrics: ["accuracy", "accuracy"] })).to.deep.equal([
      "metrics must be a list of 1 to 40 names of figures without repetition, for example " +
        '["macro_f1"]. Received: ["accuracy","accuracy"].',
    ]);
    expect(ofFile({ ...WORKLOAD, metrics: ["loss"] })).to.deep.equal([
      "metrics must include the gate's metric, which every registered model publishes: add it. Received: " +
        '["loss"].',
    ]);
  });
});

describe("the workloads of this repository", () => {
  it("are correct", () => {
    expect(workloadNames()).to.include.members(["sensor_anomaly", "sentiment"]);
    for (const name of workloadNames()) {
      expect(() => readWorkload(name), name).to.not.throw();
    }
  });
});
