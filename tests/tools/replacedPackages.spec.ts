import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { inRepository } from "../../tools/paths";
import {
  ENGINE_VERSION,
  engineInputs,
  MODULES_WITH_REPLACED_PACKAGES,
} from "../../tools/setup/engine";
import { compilerMemory } from "../../tools/setup/goEnvironment";
import { copySources, packageFolders, replacePackages } from "../../tools/setup/replacedPackages";

describe("packages that the build of the engine replaces", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "replaced-"));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const write = (file: string, text: string): void => {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  };
  const filesBelow = (part: string): string[] =>
    fs
      .readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(path.join(folder, part), path.join(entry.parentPath, entry.name)),
      )
      .sort();

  it("take the place of the whole package, and of no package below it", () => {
    write("target/module/driver/a.go", "package driver // a");
    write("target/module/driver/b.go", "package driver // b");
    write("target/module/driver/schema.sql", "create");
    write("target/module/driver/types/types.go", "package types");
    write("replaced/module/driver/replaced.go", "package driver");
    replacePackages(path.join(folder, "replaced"), path.join(folder, "target"));
    expect(filesBelow("target")).to.deep.equal([
      "module/driver/replaced.go",
      "module/driver/schema.sql",
      "module/driver/types/types.go",
    ]);
  });

  it("stand in copies that can be written to, without tests", () => {
    write("cache/go.mod", "module example.com/cache\n");
    write("cache/a.go", "package cache");
    write("cache/a_test.go", "package cache");
    write("cache/testdata/large.json", "{}");
    for (const [name, mode] of [
      ["cache/a.go", 0o444],
      ["cache", 0o555],
    ] as const) {
      fs.chmodSync(path.join(folder, name), mode);
    }
    copySources("example.com/cache", path.join(folder, "cache"), path.join(folder, "copy"));
    fs.chmodSync(path.join(folder, "cache"), 0o755);
    expect(filesBelow("copy")).to.deep.equal(["a.go", "go.mod"]);
    for (const name of ["copy", "copy/a.go"]) {
      expect(fs.statSync(path.join(folder, name)).mode & 0o200, name).to.equal(0o200);
    }
  });

  it("stand in a module of the same name where it was published without a go.mod", () => {
    write("cache/a.go", "package cache");
    copySources("example.com/old", path.join(folder, "cache"), path.join(folder, "copy"));
    expect(fs.readFileSync(path.join(folder, "copy/go.mod"), "utf8")).to.equal(
      "module example.com/old\n",
    );
  });

  const replaced = inRepository("tools/engine/pulumi/replaced");

  it("belong to a module that is copied, and each copied module has one", () => {
    const packages = packageFolders(replaced).map((place) => path.relative(replaced, place));
    const moduleOf = (name: string): string | undefined =>
      MODULES_WITH_REPLACED_PACKAGES.find((module) => `${name}/`.startsWith(`${module}/`));
    expect(packages.filter((name) => moduleOf(name) === undefined)).to.deep.equal([]);
    expect([...new Set(packages.map(moduleOf))]).to.have.members(MODULES_WITH_REPLACED_PACKAGES);
  });

  it("decide, with main.go and the pins, whether the engine is built anew", () => {
    expect(engineInputs()).to.include.members([
      "tools/engine/language-nodejs/go.sum",
      "tools/engine/pulumi/go.mod",
      "tools/engine/pulumi/go.sum",
      "tools/engine/pulumi/main.go",
      "tools/engine/pulumi/replaced/gocloud.dev/blob/s3blob/replaced.go",
    ]);
  });

  it("are those of the engine's version that setup names", () => {
    const pins = fs.readFileSync(inRepository("tools/engine/pulumi/go.mod"), "utf8");
    expect(pins).to.contain(`github.com/pulumi/pulumi/pkg/v3 v${ENGINE_VERSION}\n`);
  });
});

describe("the compiler's memory", () => {
  it("is half of the machine's for all compilers that run beside each other", () => {
    expect(compilerMemory(24 * 2 ** 30, 2)).to.deep.equal({ GOGC: "800", GOMEMLIMIT: "6144MiB" });
    expect(compilerMemory(8 * 2 ** 30, 8)).to.deep.equal({ GOGC: "800", GOMEMLIMIT: "512MiB" });
  });
});
