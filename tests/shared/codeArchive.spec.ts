import { expect } from "chai";
import { unzipSync } from "fflate";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { list } from "tar";

import {
  collectEntries,
  singleFile,
  tarballArchive,
  zipArchive,
} from "../../components/shared/codeArchive";

const bytes = (text: string) => Buffer.from(text);

describe("code archives", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "code-archive-"));
    mkdirSync(join(folder, "package", "__pycache__"), { recursive: true });
    writeFileSync(join(folder, "b.py"), "b");
    writeFileSync(join(folder, "package", "a.py"), "a");
    writeFileSync(join(folder, "package", "__pycache__", "a.cpython-311.pyc"), "x");
    writeFileSync(join(folder, "readme.md"), "r");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are named by what is in them, in whatever order it is given", () => {
    const one = { path: "a", content: bytes("1") };
    const two = { path: "b", content: bytes("2") };
    const archive = zipArchive("order", [one, two]);
    expect(zipArchive("order", [two, one])).to.deep.equal(archive);
    expect(archive.fileName).to.equal(`order-${archive.sha256.slice(0, 16)}.zip`);
  });

  it("get another name when a byte or a path changes", () => {
    const name = (path: string, text: string) =>
      zipArchive("change", [{ path, content: bytes(text) }]).fileName;
    expect(new Set([name("a", "1"), name("a", "2"), name("b", "1")]).size).to.equal(3);
    // Without lengths in the hash these two lists would read alike.
    expect(zipArchive("change", [{ path: "a", content: bytes("b") }]).sha256).to.not.equal(
      zipArchive("change", [{ path: "ab", content: bytes("") }]).sha256,
    );
  });

  it("do not depend on when files were written", () => {
    const before = readFileSync(zipArchive("time", collectEntries(folder)).path);
    utimesSync(join(folder, "b.py"), 1, 1);
    const archive = zipArchive("time", collectEntries(folder));
    rmSync(archive.path);
    expect(readFileSync(zipArchive("time", collectEntries(folder)).path).equals(before)).to.equal(
      true,
    );
  });

  it("are written once", () => {
    const { path } = zipArchive("once", [{ path: "a", content: bytes("1") }]);
    const { ino, mtimeMs } = statSync(path);
    zipArchive("once", [{ path: "a", content: bytes("1") }]);
    expect(statSync(path)).to.include({ ino, mtimeMs });
  });

  it("hold what a zip reader finds again", () => {
    const { path } = zipArchive(
      "read",
      collectEntries(folder, "streaming_ml/", (file) => file.endsWith(".py")),
    );
    const files = unzipSync(readFileSync(path));
    expect(Object.keys(files)).to.deep.equal(["streaming_ml/b.py", "streaming_ml/package/a.py"]);
    expect(Buffer.from(files["streaming_ml/b.py"]).toString()).to.equal("b");
  });

  it("hold what a tar reader finds again", () => {
    const archive = tarballArchive("read", collectEntries(folder));
    expect(archive.fileName).to.match(/^read-[0-9a-f]{16}\.tar\.gz$/);
    const found: string[] = [];
    list({
      file: archive.path,
      sync: true,
      onReadEntry: (entry) => found.push(`${entry.path} ${entry.size} ${entry.mode?.toString(8)}`),
    });
    expect(found).to.deep.equal(["b.py 1 644", "package/a.py 1 644", "readme.md 1 644"]);
  });

  it("refuse the same path twice", () => {
    const twice = [
      { path: "a", content: bytes("1") },
      { path: "a", content: bytes("2") },
    ];
    expect(() => zipArchive("twice", twice)).to.throw('The archive "twice" would hold a twice.');
  });

  it("refuse a path that a plain tar cannot hold", () => {
    const entry = { path: `${"d".repeat(300)}/f`, content: bytes("1") };
    expect(() => tarballArchive("long", [entry])).to.throw("does not fit in a plain tar archive");
  });

  it("leave out byte code, and say what is missing", () => {
    expect(collectEntries(folder).map(({ path }) => path)).to.deep.equal([
      "b.py",
      "package/a.py",
      "readme.md",
    ]);
    expect(() => collectEntries(join(folder, "absent"))).to.throw('is missing. Run "make setup"');
    expect(() => collectEntries(folder, "", () => false)).to.throw("holds no file");
  });

  it("name a single file without copying it", () => {
    const file = singleFile("job", join(folder, "b.py"));
    expect(file.fileName).to.match(/^job-[0-9a-f]{16}\.py$/);
    expect(file.path).to.equal(join(folder, "b.py"));
    writeFileSync(join(folder, "b.py"), "c");
    expect(singleFile("job", join(folder, "b.py")).fileName).to.not.equal(file.fileName);
  });
});
