import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { readQuestions, readRecords } from "../../local/demo/records";

describe("demo records", () => {
  let file: string;

  before(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "demo-records-")), "lines.jsonl");
  });

  after(() => {
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  function write(...lines: unknown[]): void {
    fs.writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  const record = {
    data: "/wB7",
    partitionKey: "k",
    identity: ["a", "7"],
    expected: "wrong_type",
    reasonField: "b.c",
    label: null,
  };

  it("are read to the byte, empty ones as well", () => {
    write(record, { ...record, data: "", expected: "not_json", reasonField: null });
    const empty = { data: Buffer.alloc(0), expected: "not_json", reasonField: null };
    expect(readRecords(file)).to.deep.equal([
      { ...record, data: Buffer.from([255, 0, 123]) },
      { ...record, ...empty },
    ]);
  });

  it("name the line that is invalid", () => {
    write(record, { ...record, identity: "a" });
    expect(() => readRecords(file)).to.throw(
      new RegExp(
        `^Line 2 of ${file} is not what .python -m local.events. writes:.*at identity$`,
        "s",
      ),
    );
  });

  it("come with questions that are sent as they stand", () => {
    const expected = { sign: "positive", nearest: ["b", "c"] };
    const question = { instance: { a: [1] }, text: "a one", expected };
    write({ number: 3, ...question });
    expect(readQuestions(file)).to.deep.equal([question]);
  });
});
