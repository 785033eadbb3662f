import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { inRepository } from "../../tools/paths";

const HOOK = inRepository(".githooks", "pre-commit");

/** Git tells hooks where its repository is; here it has to be the one of the test. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
  );
}

describe("the hook that runs before a commit", () => {
  let folder: string;
  const stage = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), text);
    }
    execFileSync("git", ["add", ...Object.keys(files)], { cwd: folder, env: environment() });
  };
  const runHook = () => spawnSync(HOOK, [], { cwd: folder, env: environment(), encoding: "utf8" });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hook-"));
    execFileSync("git", ["init", "--quiet"], { cwd: folder, env: environment() });
    for (const link of ["node_modules", ".local"]) {
      fs.symlinkSync(inRepository(link), path.join(folder, link));
    }
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("lets files pass that are written in the house style", () => {
    stage({ "good.py": "ANSWER = 42\n", "good.json": '{ "answer": 42 }\n' });
    const { status, stdout, stderr } = runHook();
    expect(stdout + stderr).to.equal("");
    expect(status).to.equal(0);
  });

  it("stops a commit with a file that is not, and names it with the way out", () => {
    stage({ "bad.py": "ANSWER  = 42\n", "bad.json": '{"answer":42}' });
    const { status, stdout, stderr } = runHook();
    expect(status).to.equal(1);
    expect(stdout + stderr)
      .to.contain("bad.py")
      .and.contain("bad.json");
    expect(stderr).to.contain("make format");
  });

  it("looks at what is staged only", () => {
    fs.writeFileSync(path.join(folder, "bad.py"), "ANSWER  = 42\n");
    expect(runHook().status).to.equal(0);
  });

  it("says what to install where nothing is installed", () => {
    fs.unlinkSync(path.join(folder, ".local"));
    const { status, stderr } = runHook();
    expect(status).to.equal(1);
    expect(stderr).to.contain("run `make setup` first");
  });
});
