import { expect } from "chai";
import { zipSync } from "fflate";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";

import { filesHolding, spellingsOf } from "../end-to-end/keyLeak";
import { processesThatDump } from "../end-to-end/processLimits";

describe("the search for leaks", () => {
  const key = Buffer.from("c2VjcmV0IGtleSBvZiBhIHRlc3QgYW5kIG5vdGhpbmc=");
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "leaks-"));
    fs.mkdirSync(path.join(folder, "logs"));
    const write = (name: string, content: Uint8Array) =>
      fs.writeFileSync(path.join(folder, name), content);
    const inText = Buffer.from(`before ${key.toString()} after`);
    write("state.json", inText);
    write("logs/hexadecimal", Buffer.from(key.toString("hex")));
    write("logs/decoded", Buffer.from(key.toString(), "base64"));
    write("logs/stderr.gz", gzipSync(inText));
    write("code.zip", zipSync({ "inner/file": new Uint8Array(inText) }));
    write("logs/cut.gz", gzipSync(inText).subarray(0, 20));
    write("nothing", Buffer.from(key.subarray(1).toString()));
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  it("finds a key in every spelling, also in compressed or packed files, at every search", () => {
    const holding = [
      "state.json",
      "logs/hexadecimal",
      "logs/decoded",
      "logs/stderr.gz",
      "code.zip",
    ];
    expect(filesHolding(folder, spellingsOf(key))).to.have.members(holding);
    expect(filesHolding(folder, spellingsOf(key))).to.have.members(holding);
    const other = Buffer.from("before");
    expect(filesHolding(folder, [other])).to.have.members([
      "state.json",
      "logs/stderr.gz",
      "code.zip",
    ]);
  });

  it("finds no process of the job where there is none, and ignores one that has ended", () => {
    expect(processesThatDump([process.pid, 2 ** 22 + 1])).to.deep.equal({
      dumping: [],
      forbidden: [],
    });
  });
});
