import { expect } from "chai";

import { readLines } from "../../ops/lines";

async function lines(...chunks: (Buffer | string)[]): Promise<string[]> {
  const all: string[] = [];
  for await (const line of readLines(chunks)) {
    all.push(line.toString("latin1"));
  }
  return all;
}

describe("the lines of a file of events", () => {
  it("end with a line feed, whatever pieces they come in", async () => {
    expect(await lines("a\nb", "", "c\r", "\n\n", "d")).to.deep.equal(["a", "bc", "", "d"]);
    expect(await lines("a\n")).to.deep.equal(["a"]);
    expect(await lines()).to.deep.equal([]);
  });

  it("keep every byte, also those that others take for the end of a line or for no UTF-8", async () => {
    const line = Buffer.concat([Buffer.from('"\u2028\u0085\v"'), Buffer.of(0xff)]);
    expect(await lines(Buffer.concat([line, Buffer.from("\n")]))).to.deep.equal([
      line.toString("latin1"),
    ]);
  });
});
