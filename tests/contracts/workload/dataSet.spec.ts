import { expect } from "chai";

import { parseDataSet } from "../../../contracts/workload/dataSet";

const FILE = { path: "river/data/all.csv.gz", name: "all.csv.gz", sha256: "0f".repeat(32) };
const DATA_SET = {
  title: "Three readings",
  package: "river",
  version: "0.26.1",
  files: [FILE],
  terms: "They are everybody's.",
};

describe("the data set of a demo", () => {
  function problems(value: unknown): string[] {
    try {
      parseDataSet("data.json", JSON.stringify(value));
      return [];
    } catch (error) {
      const [, ...lines] = (error as Error).message.split("\n");
      return lines.map((line) => line.replace(/^ {2}- /, ""));
    }
  }

  it("is what its file says", () => {
    const two = { ...DATA_SET, files: [FILE, { ...FILE, name: "more.csv" }] };
    expect(parseDataSet("data.json", JSON.stringify(two))).to.deep.equal(two);
  });

  it("names a package, one version, files and terms", () => {
    expect(problems({ title: "", package: "ri ver", version: ">=1", files: [] })).to.deep.equal([
      'title must be a text: what the data is, for example "38,158 labelled tweets". Received: "".',
      'package must be the name of a package on PyPI, for example river. Received: "ri ver".',
      'version must be one exact version, for example 0.26.1. Received: ">=1".',
      "files must be a list of at least one file, each with another name. Received: [].",
      "terms must be a text: whose the data is, and under which licence it may be used.",
    ]);
    expect(problems({ ...DATA_SET, wheel: 1 })).to.deep.equal([
      "the schema must hold title, package, version, files and terms only: remove wheel.",
    ]);
  });

  it("puts every file beside the others, and knows its bytes", () => {
    expect(problems({ ...DATA_SET, files: [FILE, FILE] })[0]).to.match(
      /^files must be a list of at least one file, each with another name\. Received: /,
    );
    expect(
      problems({ ...DATA_SET, files: [{ path: "/etc", name: "../all.csv", sha256: "0F" }] }),
    ).to.deep.equal([
      'files.0.path must be the path of a file in the wheel, for example package/data/readings.csv. Received: "/etc".',
      'files.0.name must be the name of a file without folders, for example readings.csv. Received: "../all.csv".',
      'files.0.sha256 must be the SHA-256 of the file: 64 hexadecimal digits in lower case. Received: "0F".',
    ]);
  });
});
