import { expect } from "chai";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { loadWorkload } from "../../components/workload/loadWorkload";
import { readWorkload } from "../../contracts/workload/readWorkload";
import { Failure } from "../../ops/failure";
import { newWorkload, nextSteps } from "../../ops/newWorkload";
import { PLACEHOLDER, TEMPLATE_FOLDER } from "../../ops/workloadTemplate";
import { predictionTypes } from "../../tools/documentation/predictionTypes";
import { inLocal, inRepository } from "../../tools/paths";

const FILES = [
  "README.md",
  "__init__.py",
  "demo/__init__.py",
  "demo/baseline.py",
  "demo/events.py",
  "demo/training_set.py",
  "event.schema.json",
  "model.py",
  "prediction.schema.json",
  "predictionApi.ts",
  "quality.py",
  "tests/__init__.py",
  "tests/conftest.py",
  "tests/test_demo.py",
  "tests/test_model.py",
  "tests/test_training_set.py",
  "training_set.py",
  "workload.json",
];

const LONGEST = "a".repeat(40);

describe("npm run ops -- new-workload", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "workloads-"));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const read = (name: string, file: string): string =>
    fs.readFileSync(path.join(folder, name, file), "utf8");

  const refusal = (name: string, template?: string): Promise<string> =>
    newWorkload(name, folder, template).then(
      () => expect.fail(`${name} should have been refused.`),
      (error: Error) => error.message,
    );

  it("writes a workload that can be deployed, and nothing beside it", async () => {
    expect(await newWorkload("tickets", folder)).to.deep.equal(FILES);
    expect(fs.readdirSync(folder)).to.deep.equal(["tickets"]);
    const written = fs.readdirSync(path.join(folder, "tickets"), { recursive: true }) as string[];
    expect(written.filter((file) => /\.\w+$/.test(file)).sort()).to.deep.equal(FILES);
    const workload = readWorkload("tickets", folder);
    expect(workload).to.deep.include({
      name: "tickets",
      gate: { metric: "average_precision", minimum: 0.85 },
    });
    expect(workload.event.compiled.workload).to.equal("tickets");
    expect(loadWorkload("tickets", folder).trainingSetPath).to.equal(
      path.join(folder, "tickets/training_set.py"),
    );
    expect(read("tickets", "predictionApi.ts")).to.equal(
      await predictionTypes("tickets", workload.prediction),
    );
  });

  it("names the workload wherever its template names itself", async () => {
    await newWorkload("tickets", folder);
    for (const file of FILES.filter((one) => one !== "predictionApi.ts")) {
      const template = fs.readFileSync(path.join(TEMPLATE_FOLDER, file), "utf8");
      expect(read("tickets", file)).to.equal(template.replaceAll(PLACEHOLDER, "tickets"));
    }
    expect(read("tickets", "README.md")).to.contain("make demo WORKLOAD=tickets");
    expect(read("tickets", "demo/training_set.py")).to.contain('"tickets"');
  });

  for (const name of ["a", LONGEST]) {
    it(`writes files in the house style with a name of ${name.length} letters`, async () => {
      await newWorkload(name, folder);
      const ruff = inLocal("venv", "bin", "ruff");
      const config = ["--no-cache", "--config", inRepository("pyproject.toml"), folder];
      const checked = execFileSync(ruff, ["check", "--ignore", "S101", ...config], {
        encoding: "utf8",
      });
      expect(checked).to.equal("All checks passed!\n");
      const formatted = execFileSync(ruff, ["format", "--check", ...config], { encoding: "utf8" });
      expect(formatted).to.match(/^\d+ files already formatted\n$/);
    });
  }

  it("refuses what Python could not import, and what is there", async () => {
    fs.writeFileSync(path.join(folder, "conftest.py"), "");
    await newWorkload("tickets", folder);
    for (const name of ["", "My", "my-tickets", "1st", "../tickets", `${LONGEST}a`]) {
      expect(await refusal(name)).to.equal(
        "A workload's name must be lower-case letters, digits and _, a letter first, at most 40 of them: Python imports " +
          `it. Received: ${JSON.stringify(name)}. Choose another name.`,
      );
    }
    expect(await refusal("class")).to.equal(
      "A workload cannot be named class: Python imports it, and the word means something else there. Choose another name.",
    );
    expect(await refusal("conftest")).to.equal(
      "workloads/conftest.py is there already. Choose another name.",
    );
    expect(await refusal("tickets")).to.equal(
      "workloads/tickets is there already. Choose another name.",
    );
    expect(fs.readdirSync(folder).sort()).to.deep.equal(["conftest.py", "tickets"]);
  });

  it("reports a refusal as one sentence, without a stack trace", async () => {
    const error = await newWorkload("class", folder).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Failure);
  });

  it("copies nothing that running the template has left in it", async () => {
    const template = path.join(folder, "template");
    fs.cpSync(TEMPLATE_FOLDER, template, { recursive: true });
    for (const left of [".DS_Store", "demo/.events.py.swp", "demo/__pycache__/events.pyc"]) {
      fs.mkdirSync(path.dirname(path.join(template, left)), { recursive: true });
      fs.writeFileSync(path.join(template, left), "");
    }
    expect(await newWorkload("tickets", folder, template)).to.deep.equal(FILES);
  });

  it("leaves nothing where the template is no workload", async () => {
    const template = path.join(folder, "template");
    fs.cpSync(TEMPLATE_FOLDER, template, { recursive: true });
    fs.rmSync(path.join(template, "event.schema.json"));
    expect(await refusal("tickets", template)).to.equal(
      "workloads/tickets/event.schema.json is missing: every workload has one. Add it.",
    );
    expect(fs.readdirSync(folder)).to.deep.equal(["template"]);
  });

  it("says what to do next", () => {
    expect(nextSteps("tickets", FILES)).to.equal(
      [
        "Wrote workloads/tickets, 18 files: a whole workload, with events that are invented and a model of them.",
        "  try its tests          make setup && .local/venv/bin/python -m pytest workloads/tickets",
        "  run the whole chain    make demo WORKLOAD=tickets",
        "  make it yours          workloads/tickets/README.md says what to change first, docs/workloads.md shows how",
        "  check a change         npm run ops -- check-workload tickets",
        "  deploy it              streaming-ml:workload: tickets in the stack's file, then pulumi up",
      ].join("\n"),
    );
  });
});
