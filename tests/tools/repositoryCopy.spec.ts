import { expect } from "chai";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { ClassData, findJava } from "../../tools/classData/archive";
import { inLocal, inRepository } from "../../tools/paths";
import { pendingSteps } from "../../tools/setup/steps";
import { RepositoryCopy } from "../end-to-end/repositoryCopy";

describe("a copy of the repository, in which end-to-end tests run", () => {
  /** No process has such an id: it is above the kernel's limit. */
  const abandoned = inLocal("generated", "4194305");
  const run = `20260101T000000-copied-${process.pid}`;
  let copy: RepositoryCopy;

  before(() => {
    fs.mkdirSync(abandoned, { recursive: true });
    copy = RepositoryCopy.create();
  });

  after(() => {
    copy.remove();
    fs.rmSync(inLocal("runs", run), { recursive: true, force: true });
  });

  it("has a folder of its own, and removes those of processes that are gone", () => {
    expect(copy.folder).to.equal(inLocal("generated", String(process.pid)));
    expect(fs.existsSync(abandoned)).to.equal(false);
  });

  it("holds what git knows, and nothing that it ignores", () => {
    const same = (file: string) =>
      fs.readFileSync(path.join(copy.folder, file)).equals(fs.readFileSync(inRepository(file)));
    expect(same("index.ts")).to.equal(true);
    expect(same("workloads/__init__.py")).to.equal(true);
    expect(fs.existsSync(path.join(copy.folder, ".git"))).to.equal(false);
    expect(fs.existsSync(path.join(copy.folder, ".ruff_cache"))).to.equal(false);
  });

  it("finds everything set up but its contracts, as a check of this repository that has set a Java", () => {
    const asked = `require("./tools/setup/steps.ts").pendingSteps("sentiment", "tests").map(({ name }) => name)`;
    const { javaHome } = new ClassData(findJava(process.env));
    const printed = execFileSync(
      process.execPath,
      ["-r", "tsx/cjs", "-e", `console.log(JSON.stringify(${asked}))`],
      { cwd: copy.folder, encoding: "utf8", env: { ...process.env, JAVA_HOME: javaHome } },
    );
    const pendingHere = pendingSteps("sentiment", "tests").map(({ name }) => name);
    expect(JSON.parse(printed)).to.have.members([...pendingHere, "contracts"]);
  });

  it("takes what is installed from here, and shares nothing that it would change", () => {
    const realOf = (name: string) => fs.realpathSync(path.join(copy.folder, name));
    expect(realOf("node_modules")).to.equal(fs.realpathSync(inRepository("node_modules")));
    expect(realOf(".local/venv")).to.equal(fs.realpathSync(inLocal("venv")));
    const local = fs.readdirSync(path.join(copy.folder, ".local"));
    const made = ["contracts", "generated", "logs", "runs"];
    expect(local.filter((name) => made.includes(name))).to.deep.equal([]);
    expect(realOf(".local/stamps")).to.equal(
      path.join(fs.realpathSync(copy.folder), ".local/stamps"),
    );
    expect(fs.readdirSync(path.join(copy.folder, ".local/stamps"))).to.deep.equal(
      fs.readdirSync(inLocal("stamps")),
    );
  });

  it("leaves nothing but the folders of its runs, among all others", () => {
    const log = path.join(copy.folder, ".local", "runs", run, "logs", "job.log");
    fs.mkdirSync(path.dirname(log), { recursive: true });
    fs.writeFileSync(log, "why it failed");
    copy.remove();
    expect(fs.existsSync(copy.folder)).to.equal(false);
    expect(fs.readFileSync(inLocal("runs", run, "logs", "job.log"), "utf8")).to.equal(
      "why it failed",
    );
    // What was linked is still there.
    expect(fs.existsSync(inLocal("venv", "bin", "python"))).to.equal(true);
    expect(fs.existsSync(inRepository("node_modules", "mocha"))).to.equal(true);
  });
});
