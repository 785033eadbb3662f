import { expect } from "chai";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type CheckedFolders, checkWorkload } from "../../tools/workload/checkWorkload";
import type { TriedCode } from "../../tools/workload/tryCode";
import {
  CODE,
  DATA_SET,
  EVENT,
  PREDICTIONS,
  WORKLOAD,
  writeWorkload,
} from "../contracts/workload/things";
import { undocumented } from "./documentedMessages";

const RIGHT = {
  "workload.json": WORKLOAD,
  "event.schema.json": EVENT,
  "prediction.schema.json": PREDICTIONS,
  ...CODE,
};
const SHA256 = createHash("sha256").update("a thing").digest("hex");
const FILE = { ...DATA_SET.files[0], sha256: SHA256 };

/** What Python finds out is tested where Python is: tests/python/workload_check. */
describe("the check of a whole workload", () => {
  let root: string;
  let asked: (string | undefined)[];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "check-workload-"));
    asked = [];
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function folders(code: Partial<TriedCode> = {}): CheckedFolders {
    return {
      workloads: join(root, "workloads"),
      data: join(root, "data"),
      tryCode: (_name, data) => {
        asked.push(data);
        return Promise.resolve({ model: [], trainingSet: [], tried: true, ...code });
      },
    };
  }

  const write = (files: Readonly<Record<string, unknown>>) =>
    writeWorkload(join(root, "workloads"), "mine", files);

  function writeData(text: string): void {
    mkdirSync(join(root, "data", "mine"), { recursive: true });
    writeFileSync(join(root, "data", "mine", "all.csv"), text);
  }

  async function refusal(code?: Partial<TriedCode>): Promise<string> {
    try {
      await checkWorkload("mine", folders(code));
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  }

  const WAY_OUT = 'docs/models.md, "When a workload folder is broken", says what to do about each.';

  it("says in one line what was looked at when nothing is wrong", async () => {
    write({ ...RIGHT, "demo/data.json": { ...DATA_SET, files: [FILE] } });
    writeData("a thing");
    expect(await checkWorkload("mine", folders())).to.equal(
      "workloads/mine is complete: its files are valid, its model has every required member, and was tried " +
        "with Three things.",
    );
    expect(asked).to.deep.equal([join(root, "data", "mine")]);
  });

  it("says that a model without a training set was not tried", async () => {
    write(RIGHT);
    expect(await checkWorkload("mine", folders({ tried: false }))).to.equal(
      "workloads/mine is complete: its files are valid, its model has every required member; it was not tried, " +
        "because there is no demo/training_set.py. The training job tries it before it trains.",
    );
  });

  it("has everything in one message: files, data and code", async () => {
    write({
      ...RIGHT,
      "workload.json": { ...WORKLOAD, metrics: ["loss"] },
      "demo/data.json": DATA_SET,
    });
    rmSync(join(root, "workloads", "mine", "prediction.schema.json"));
    expect(
      await refusal({ model: ["WORKLOAD has no method `score`."], trainingSet: ["fails"] }),
    ).to.equal(
      [
        "workloads/mine/workload.json has 1 problem (docs/predictions.md has the rules):",
        "  - metrics must include the gate's metric, which every registered model publishes: add it. Received: " +
          '["loss"].',
        "workloads/mine/prediction.schema.json is missing: every workload has one. Add it.",
        "workloads/mine/demo/data.json has 1 problem (docs/local-mode.md has the rules):",
        "  - .local/data/mine/all.csv is missing: `make setup WORKLOAD=mine` fetches it.",
        "workloads/mine/model.py has 1 problem (docs/models.md has the rules):",
        "  - WORKLOAD has no method `score`.",
        "workloads/mine/demo/training_set.py has 1 problem (docs/local-mode.md has the rules):",
        "  - fails.",
        WAY_OUT,
      ].join("\n"),
    );
    expect(asked).to.deep.equal([undefined]);
  });

  it("reports data of other bytes, and tries the model with none of it", async () => {
    write({ ...RIGHT, "demo/data.json": { ...DATA_SET, files: [FILE] } });
    writeData("another thing");
    const received = createHash("sha256").update("another thing").digest("hex");
    expect(await refusal()).to.equal(
      [
        "workloads/mine/demo/data.json has 1 problem (docs/local-mode.md has the rules):",
        `  - .local/data/mine/all.csv was expected with SHA-256 ${SHA256}, received ${received}: correct sha256, or ` +
          "fetch it again with `rm -r .local/data/mine && make setup WORKLOAD=mine`.",
        WAY_OUT,
      ].join("\n"),
    );
    expect(asked).to.deep.equal([undefined]);
    expect(undocumented((await refusal()).split("\n").slice(1, 2))).to.deep.equal([]);
  });

  it("says once what the text of a file and Python both say", async () => {
    write({ ...RIGHT, "model.py": "" });
    const twice = "has no object WORKLOAD: expected `WORKLOAD = ` at the start of a line";
    expect(await refusal({ model: [twice] })).to.equal(
      [
        "workloads/mine/model.py has 1 problem (docs/models.md has the rules):",
        `  - ${twice}.`,
        WAY_OUT,
      ].join("\n"),
    );
  });

  it("asks nothing about a model that does not exist, and lists the existing workloads", async () => {
    write({ ...RIGHT, "model.py": "" });
    rmSync(join(root, "workloads", "mine", "model.py"));
    expect(await refusal()).to.equal(
      [
        "workloads/mine/model.py has 1 problem (docs/models.md has the rules):",
        "  - is missing: its object WORKLOAD says how a model learns and answers. Add it.",
        WAY_OUT,
      ].join("\n"),
    );
    expect(asked).to.deep.equal([]);
    await checkWorkload("yours", folders()).then(
      () => expect.fail("there is none"),
      (error: Error) => expect(error.message).to.match(/^There is no workload "yours"\. /),
    );
  });
});
