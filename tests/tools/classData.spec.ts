import { expect } from "chai";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findJava, launcher } from "../../tools/classData/archive";
import { inLocal } from "../../tools/paths";

describe("the java that starts Spark with archived classes", () => {
  let folder: string;
  let java: string;
  let archive: string;
  let script: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "class data-"));
    java = path.join(folder, "java");
    archive = path.join(folder, "spark.jsa");
    script = path.join(folder, "script");
    fs.writeFileSync(java, `#!/bin/sh\nfor one in "$@"; do echo "$one"; done\n`, { mode: 0o755 });
    fs.writeFileSync(script, launcher(java, archive, "/jars/*:/spark/*"), { mode: 0o755 });
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const run = (...javaArguments: string[]): string[] =>
    execFileSync(script, javaArguments, { encoding: "utf8" }).trimEnd().split("\n");

  const spark = ["-cp", "/conf/:/jars/*", "-Xmx1g", "org.apache.spark.deploy.SparkSubmit", "a b"];

  it("puts the class path that the archive is good for first, and every folder behind it", () => {
    fs.writeFileSync(archive, "");
    expect(run(...spark)).to.deep.equal([
      `-XX:SharedArchiveFile=${archive}`,
      ...["-Xlog:cds*=off", "-Xlog:class+path=off"],
      ...["-cp", "/jars/*:/spark/*:/conf/:/jars/*"],
      ...spark.slice(2),
    ]);
  });

  it("changes nothing where there is no archive yet", () => {
    expect(run(...spark)).to.deep.equal(spark);
  });

  it("changes nothing of what is no Spark", () => {
    fs.writeFileSync(archive, "");
    const other = ["-cp", "/jars/*", "org.apache.spark.launcher.Main", "SparkSubmit"];
    expect(run(...other)).to.deep.equal(other);
  });

  it("is never taken for the JDK that it starts", () => {
    const bin = path.join(folder, "bin");
    fs.mkdirSync(bin);
    fs.copyFileSync(java, path.join(bin, "java"));
    const found = fs.realpathSync(path.join(bin, "java"));
    expect(findJava({ JAVA_HOME: inLocal("class-data", "1"), PATH: `/none:${bin}` })).to.equal(
      found,
    );
    expect(findJava({ JAVA_HOME: folder, PATH: "" })).to.equal(found);
    expect(() => findJava({ PATH: "/none" })).to.throw('There is no "java" in /none.');
  });
});
