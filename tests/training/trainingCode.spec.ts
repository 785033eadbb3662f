import { expect } from "chai";
import { unzipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { zipArchive } from "../../components/shared/codeArchive";
import { trainingEntries } from "../../components/training/trainingCode";
import { python } from "../../tools/paths";

const FILES = {
  "training/train.py": "",
  "training/__main__.py": "import evaluate\n",
  "training/evaluate.py":
    "import importlib, importlib.resources, sys\n" +
    "name = sys.argv[1]\n" +
    "print(importlib.import_module(f'workloads.{name}.model').WORKLOAD)\n" +
    "print(importlib.resources.files(f'workloads.{name}').joinpath('workload.json').read_text())\n",
  "training/notes.md": "",
  "training/shared/__init__.py": "",
  "training/shared/__pycache__/x.cpython-312.pyc": "",
  "workloads/__init__.py": "",
  "workloads/readings/__init__.py": "",
  "workloads/readings/model.py":
    "from workloads.readings.network.layers import WORKLOAD as WORKLOAD\n",
  "workloads/readings/network/__init__.py": "",
  "workloads/readings/network/layers.py": "WORKLOAD = 'layers'\n",
  "workloads/readings/network/words.txt": "",
  "workloads/readings/workload.json": '{"title": "Readings"}',
  "workloads/readings/prediction.schema.json": "",
  "workloads/readings/event.schema.json": "",
  "workloads/readings/training_set.py": "",
  "workloads/readings/README.md": "",
  "workloads/readings/predictionApi.ts": "",
  "workloads/readings/network/.DS_Store": "",
  "workloads/readings/demo/events.py": "",
  "workloads/readings/tests/test_model.py": "",
  "workloads/other/__init__.py": "",
  "workloads/other/model.py": "",
};

describe("the code of training and evaluation", () => {
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "training-code-"));
    for (const [path, content] of Object.entries(FILES)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  });

  after(() => rmSync(root, { recursive: true }));

  it("is what all workloads share and one workload's model, and nothing that others run", () => {
    expect(trainingEntries("readings", root).map(({ path }) => path)).to.deep.equal([
      "__main__.py",
      "evaluate.py",
      "shared/__init__.py",
      "train.py",
      "workloads/__init__.py",
      "workloads/readings/__init__.py",
      "workloads/readings/model.py",
      "workloads/readings/network/__init__.py",
      "workloads/readings/network/layers.py",
      "workloads/readings/network/words.txt",
      "workloads/readings/prediction.schema.json",
      "workloads/readings/workload.json",
    ]);
  });

  it("is refused when Python cannot import a folder of it from an archive", () => {
    const missing = join(root, "workloads/other/layers");
    mkdirSync(missing);
    writeFileSync(join(missing, "dense.py"), "");
    expect(() => trainingEntries("other", root)).to.throw(
      "Python imports nothing from a folder of an archive without an __init__.py. " +
        "Add one to: workloads/other/layers.",
    );
    writeFileSync(join(missing, "__init__.py"), "");
    expect(trainingEntries("other", root).map(({ path }) => path)).to.include(
      "workloads/other/layers/dense.py",
    );
  });

  it("is run by Python as the archive that it is", function () {
    if (!existsSync(python)) {
      this.skip();
    }
    const archive = zipArchive("evaluation-test", trainingEntries("readings", root));
    const printed = execFileSync(python, [archive.path, "readings"], { cwd: tmpdir() });
    rmSync(archive.path);
    expect(printed.toString()).to.equal('layers\n{"title": "Readings"}\n');
  });

  it("holds the model of this repository's own workload", () => {
    const archive = zipArchive("evaluation-test", trainingEntries("sentiment"));
    const files = Object.keys(unzipSync(readFileSync(archive.path)));
    rmSync(archive.path);
    expect(files).to.include.members([
      "evaluate.py",
      "train.py",
      "workloads/__init__.py",
      "workloads/sentiment/__init__.py",
      "workloads/sentiment/workload.json",
      "workloads/sentiment/prediction.schema.json",
    ]);
    expect(
      files.filter((path) => /tests|demo|training_set|event\.schema|\.ts$/.test(path)),
    ).to.deep.equal([]);
  });
});
