import { expect } from "chai";
import * as fs from "node:fs";

import { jarOfFile, jarsOfReport, scannedJars } from "../../tools/audit/jars";
import { filesBelow, inLocal, inRepository } from "../../tools/paths";

describe("the jars that are audited", () => {
  it("are those that Ivy has chosen", () => {
    const report =
      '<module organisation="a.b" name="c">\n<revision name="1.0" evicted="latest-revision">\n</revision>\n' +
      '<revision name="1.2" status="release">\n</revision>\n</module>\n' +
      '<module organisation="d" name="e"><revision name="2"></revision></module>';
    expect(jarsOfReport(report)).to.deep.equal([
      { name: "a.b:c", version: "1.2" },
      { name: "d:e", version: "2" },
    ]);
  });

  it("are those that Spark has fetched, all of them told by their names", () => {
    expect(jarOfFile("org.wildfly.openssl_wildfly-openssl-1.0.7.Final.jar")).to.deep.equal({
      name: "org.wildfly.openssl:wildfly-openssl",
      version: "1.0.7.Final",
    });
    const files = fs.readdirSync(inLocal("jars")).filter((file) => file.endsWith(".jar"));
    expect(files.map(jarOfFile)).to.deep.include({
      name: "org.apache.hadoop:hadoop-aws",
      version: "3.3.4",
    });
    expect(() => jarOfFile("x.jar")).to.throw("received x.jar");
  });

  it("are written once each, as the scanner reads them", () => {
    const jar = { name: "a:b", version: "1" };
    expect(JSON.parse(scannedJars([jar, { ...jar }]))).to.deep.equal({
      results: [{ packages: [{ package: { name: "a:b", version: "1", ecosystem: "Maven" } }] }],
    });
  });
});

describe("advisories that are judged", () => {
  const judged = filesBelow("tools").filter((file) => file.endsWith("osv-scanner.toml"));
  const entries = judged.flatMap((file) =>
    fs
      .readFileSync(inRepository(file), "utf8")
      .split(/^\[\[\w+\]\]$/m)
      .slice(1)
      .map((entry) => ({ file, entry })),
  );

  it("each have a reason, and a day on which they are looked at again", () => {
    expect(entries.length).to.be.greaterThan(4);
    for (const { file, entry } of entries) {
      expect(entry, file).to.match(/^(?:ignore|effective)Until = \d{4}-\d\d-\d\d$/m);
      expect(entry, file).to.match(/^reason = ".{10,}"$/m);
    }
  });
});
