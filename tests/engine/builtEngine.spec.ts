import { expect } from "chai";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findPulumi } from "../../local/engine/commandLine";

describe("an engine that setup has built", () => {
  let folder: string;

  before(function () {
    // Where the official one was there, nothing was built.
    if (!run("--help").includes("built from source")) {
      this.skip();
    }
  });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "built-engine-"));
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function run(...command: string[]): string {
    const environment = {
      ...process.env,
      PULUMI_HOME: path.join(folder ?? os.tmpdir(), "home"),
      PULUMI_BACKEND_URL: `file://${folder ?? os.tmpdir()}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
    };
    const { stdout, stderr } = spawnSync(findPulumi(), [...command, "--color", "never"], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
    });
    return stdout + stderr;
  }

  for (const backend of ["s3://states", "gs://states", "azblob://states", "postgres://states"]) {
    it(`says that the official one is needed for state in ${backend.split(":")[0]}`, () => {
      expect(run("login", backend))
        .to.contain("keeps state in file:// only")
        .and.contain("https://www.pulumi.com/docs/install/");
    });
  }

  it("says so of keys that encrypt secrets elsewhere, and makes no stack", () => {
    const key = "--secrets-provider=awskms://alias/states";
    expect(run("stack", "init", "dev", key, "--non-interactive")).to.contain(
      "encrypts secrets by a passphrase only",
    );
    expect(run("stack", "init", "dev", "--non-interactive")).to.contain("Created stack 'dev'");
  });

  it("says so of commands that it lacks", () => {
    expect(run("policy", "ls")).to.contain('unknown command "policy"').and.contain("official");
  });
});
