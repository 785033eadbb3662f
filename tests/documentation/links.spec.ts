import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";

import { inRepository } from "../../tools/paths";
import { missingHeadings, missingLinks, missingPaths, type Page } from "./pageReferences";

const SKIPPED = new Set([".git", ".local", "node_modules", "__pycache__"]);

/** Says what former releases had, in the names they had for it. */
const HISTORY = "CHANGELOG.md";

/** Its last test names pages that are not there. */
const THIS_FILE = "tests/documentation/links.spec.ts";

/** Files that may send their reader to a page. */
const SOURCE = /\.(ts|mjs|py|java|ya?ml|json|md)$/;

/** Files and folders below a folder, relative to the repository; folders end with a slash. */
function entriesBelow(folder: string): string[] {
  return fs.readdirSync(inRepository(folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name)) {
      return [];
    }
    return entry.isDirectory() ? [`${name}/`, ...entriesBelow(name)] : [name];
  });
}

describe("the pages", () => {
  const entries = entriesBelow("");
  const read = (file: string): string => fs.readFileSync(inRepository(file), "utf8");
  const pages: Page[] = entries
    .filter((entry) => entry.endsWith(".md"))
    .map((file) => ({ file, text: read(file) }));

  it("name files and folders that exist", () => {
    const current = pages.filter(({ file }) => file !== HISTORY);
    expect(current.flatMap((page) => missingPaths(page, entries))).to.deep.equal([]);
  });

  it("link to pages and headings that exist", () => {
    expect(pages.flatMap((page) => missingLinks(page, pages, entries))).to.deep.equal([]);
  });

  it("have every heading that messages and comments send their reader to", () => {
    const sources = entries
      .filter((entry) => SOURCE.test(entry) && entry !== THIS_FILE)
      .map((file) => ({ file, text: read(file) }));
    expect(sources.flatMap((source) => missingHeadings(source, pages))).to.deep.equal([]);
  });

  it("begin with a README of fewer than 150 lines", () => {
    expect(read("README.md").split("\n").length).to.be.lessThan(150);
  });

  it("are checked by functions that find what is wrong", () => {
    const page = {
      file: "docs/a.md",
      text: "# One thing\n`spark/gone.py`, `spark/NAME/a.py`, [b](b.md#two), [c](c.md), docs/a.md#one",
    };
    const other = { file: "docs/b.md", text: "# One" };
    const known = ["spark/", "spark/here/", "spark/here/a.py", "docs/", "docs/a.md", "docs/b.md"];
    expect(missingPaths(page, known)).to.deep.equal(["docs/a.md names spark/gone.py"]);
    expect(missingLinks(page, [page, other], known)).to.deep.equal([
      "docs/a.md links to b.md#two",
      "docs/a.md links to c.md",
    ]);
    expect(missingHeadings(page, [page, other])).to.deep.equal(["docs/a.md names docs/a.md#one"]);
  });
});
