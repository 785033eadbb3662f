import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";

import type { Plan } from "../../local/engine/plan";
import { previewProgram } from "../../local/engine/preview";
import { createRunDirectory } from "../../local/environment/run";
import { buildPackage } from "../../tools/package/build";
import { inRepository, repositoryRoot } from "../../tools/paths";

describe("examples/clicks, with the package as another program installs it", function () {
  this.timeout(300_000);
  let folder: string;
  let packed: string[];

  before(async () => {
    folder = createRunDirectory("package");
    buildPackage();
    // The build has just been made; npm would make it again before it packs.
    const options = ["--ignore-scripts", "--silent", "--pack-destination", folder];
    execFileSync("npm", ["pack", ...options], { cwd: repositoryRoot });
    const installed = join(folder, "node_modules", "streaming-ml");
    mkdirSync(installed, { recursive: true });
    const [file] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    await extract({ file: join(folder, file), cwd: installed, strip: 1 });
    packed = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    cpSync(inRepository("examples", "clicks"), join(folder, "clicks"), { recursive: true });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what the components send to AWS, and their declarations", () => {
    expect(packed).to.include.members([
      "dist/built/archives.json",
      "dist/components/stream/index.js",
      "dist/components/stream/index.d.ts",
      "dist/contracts/lake-layout.json",
      "contracts/driver-facts.json",
      "spark/streaming_job.py",
      "spark/streaming_ml/lake.py",
      "spark/log4j2.properties",
      "training/train.py",
      "workloads/sentiment/model.py",
      "workloads/sentiment/workload.json",
    ]);
    expect(packed.filter((path) => path.startsWith("dist/built/")).length).to.equal(5);
  });

  it("holds nothing else", () => {
    const strange = packed.filter((path) =>
      /(^|\/)(tests|local|demo|\.local|__pycache__|ops|bootstrap)\/|\.spec\.|Pulumi\./.test(path),
    );
    expect(strange).to.deep.equal([]);
  });

  it("is typed by the package's declarations", () => {
    const compiler = require.resolve("typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--types", "node"];
    const modules = ["--module", "nodenext", "--target", "es2022"];
    const check = () =>
      execFileSync(process.execPath, [compiler, ...options, ...modules, "index.ts"], {
        cwd: join(folder, "clicks"),
        encoding: "utf8",
      });
    expect(check()).to.equal("");
  });

  it("is planned by the real engine: three components, and code that came with the package", async () => {
    const plan: Plan = await previewProgram("dev", { folder: join(folder, "clicks") });
    expect(plan.errors).to.deep.equal([]);
    expect(plan.warnings).to.deep.equal([]);
    const types = plan.resources.map(({ type }) => type);
    expect(types).to.include.members([
      "streaming-ml:stream:EventStream",
      "streaming-ml:lake:DataLake",
      "streaming-ml:cluster:StreamingJob",
      "pulumi-nodejs:dynamic/workload:DeployedContract",
      "pulumi-nodejs:dynamic/cluster:StreamingJobStep",
    ]);
    const code = types.filter((type) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
    expect(code).to.have.length(10);
  });
});
