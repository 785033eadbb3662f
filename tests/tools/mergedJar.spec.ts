import { expect } from "chai";
import { readdirSync } from "node:fs";

import { inLocal } from "../../tools/paths";
import { belongs, mergeJars } from "../../tools/setup/mergedJar";

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("several jars as one", () => {
  it("hold the classes and services of all, and nothing about the jars themselves", () => {
    const merged = mergeJars([
      {
        "a/A.class": bytes("A"),
        "META-INF/MANIFEST.MF": bytes("first"),
        "META-INF/SIGNER.SF": bytes("signed"),
        "META-INF/versions/21/a/A.class": bytes("newer"),
        "module-info.class": bytes("module a"),
      },
      {
        "b/B.class": bytes("B"),
        "META-INF/MANIFEST.MF": bytes("second"),
        "b/notes.json": bytes(""),
      },
    ]);
    expect(Object.keys(merged)).to.deep.equal(["a/A.class", "b/B.class"]);
  });

  it("name the providers of both for a service that two provide", () => {
    const service = "META-INF/services/a.Service";
    const merged = mergeJars([{ [service]: bytes("a.One") }, { [service]: bytes("b.Two") }]);
    expect(Buffer.from(merged[service] ?? []).toString()).to.equal("a.One\nb.Two");
  });

  it("may repeat a class, and may not differ in it", () => {
    const one = { "a/A.class": bytes("A") };
    expect(Object.keys(mergeJars([one, one]))).to.deep.equal(["a/A.class"]);
    expect(() => mergeJars([one, { "a/A.class": bytes("other") }])).to.throw(
      /different files a\/A\.class/,
    );
  });

  it("leave out folders", () => {
    expect(belongs("META-INF/services/")).to.equal(false);
    expect(belongs("META-INF/services/a.Service")).to.equal(true);
  });
});

describe("the Kinesis client of the job", () => {
  it("has every file below its own package, so that no other copy can stand in for one", () => {
    const elsewhere = readdirSync(inLocal("kinesis-client"), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map(
        (entry) => `${entry.parentPath.slice(inLocal("kinesis-client").length + 1)}/${entry.name}`,
      )
      .filter((file) => !file.startsWith("streamingml/relocated/"));
    expect(
      elsewhere.filter((file) => !file.startsWith("META-INF/services/streamingml.relocated.")),
    ).to.deep.equal([]);
    expect(elsewhere).to.include(
      "META-INF/services/streamingml.relocated.software.amazon.awssdk.http.SdkHttpService",
    );
  });
});
