import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { inLocal, inRepository } from "../../tools/paths";
import { sparkHome } from "./sparkHome";

/** What the first release of Java wrote as its major version, less one (Java Virtual Machine Specification, 4.1). */
const BEFORE_JAVA_1 = 44;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" });

describe("what the job is built for", () => {
  it("is the Java that the compiled classes ask for", () => {
    const classes = filesBelow(inLocal("java")).filter((name) => name.endsWith(".class"));
    const versions = classes.map((name) => readFileSync(inLocal("java", name)).readUInt16BE(6));
    expect(classes).to.include(join("streamingml", "events", "EventFunctions.class"));
    expect([...new Set(versions)]).to.deep.equal([BEFORE_JAVA_1 + BUILT_FOR.java]);
  });

  it("is the Spark they are compiled against and the tests run on", () => {
    const lock = readFileSync(inRepository("requirements.lock"), "utf8");
    expect(/^pyspark==(\d+\.\d+)\./m.exec(lock)?.[1]).to.equal(BUILT_FOR.spark);
  });

  it("is the Scala of that Spark, and of what is installed beside it", () => {
    const jars = [...filesBelow(sparkHome().jars), ...filesBelow(inLocal("jars"))];
    const library = jars.find((name) => name.startsWith("scala-library-"));
    expect(library).to.match(new RegExp(`^scala-library-${BUILT_FOR.scala}\\.\\d+\\.jar$`));
    const others = jars
      .map((name) => /_(2\.1\d)-\d/.exec(name)?.[1])
      .filter((scala) => scala !== undefined);
    expect([...new Set(others)]).to.deep.equal([BUILT_FOR.scala]);
  });
});
