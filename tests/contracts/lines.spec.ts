import { expect } from "chai";
import { gzipSync } from "node:zlib";

import { LONGEST_RECORD, NoLines, readLines, textOf } from "../../contracts/lines";

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

  it("begin after a byte order mark of the file, however the bytes arrive", async () => {
    expect(await lines("\ufeff{}\r\n", "\ufeff{}")).to.deep.equal(["{}", "\xef\xbb\xbf{}"]);
    const mark = [...Buffer.from("\ufeffa\nb")].map((byte) => Buffer.of(byte));
    expect(await lines(...mark)).to.deep.equal(["a", "b"]);
    expect(await lines("a")).to.deep.equal(["a"]);
  });

  it("are not looked for in a file that is compressed or UTF-16", async () => {
    const refusal = (...chunks: Buffer[]) =>
      lines(...chunks).then(
        () => "nothing",
        (error: Error) => `${error instanceof NoLines}: ${error.message}`,
      );
    const utf16 =
      "true: is text in UTF-16, not lines of JSON in UTF-8; nothing was sent. Send what iconv -f UTF-16 -t UTF-8 makes of it.";
    expect(await refusal(Buffer.from("\ufeff{}\n", "utf16le"))).to.equal(utf16);
    expect(await refusal(Buffer.of(0xfe), Buffer.of(0xff, 0))).to.equal(utf16);
    expect(await refusal(gzipSync("{}"))).to.equal(
      "true: is compressed with gzip, not lines of JSON in UTF-8; nothing was sent. Send what gunzip -c makes of it.",
    );
  });

  it("are read as UTF-8, or not at all", () => {
    expect(textOf(Buffer.from("\ufeff\u00e9\u2028"))).to.equal("\ufeff\u00e9\u2028");
    expect(() => textOf(Buffer.from('"caf\u00e9"', "latin1"))).to.throw(
      "its bytes are not UTF-8 text",
    );
  });

  it("are cut where no record can hold them, and the next one is complete", async () => {
    const piece = "x".repeat(LONGEST_RECORD / 4);
    const cut = await lines(...Array<string>(9).fill(piece), "\nnext\n", `${piece.repeat(4)}\r\n`);
    expect(cut.map(({ length }) => length)).to.deep.equal([LONGEST_RECORD + 1, 4, LONGEST_RECORD]);
  });
});
