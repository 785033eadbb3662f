import { expect } from "chai";
import * as fs from "node:fs";

import { ACTIVE, BEFORE, DEPLOYED } from "../../ops/verify/checks";
import { inRepository } from "../../tools/paths";

/** Rows that no check settles, only somebody who looks. */
const BY_HAND = [8, 9];

/** What stands for all of them. */
const EVERY = "every check, in that stack";

interface Row {
  readonly number: number;
  readonly checks: readonly string[];
  readonly cell: string;
}

/** Rows of the table of what was never verified. */
function rows(): Row[] {
  const page = fs.readFileSync(inRepository("docs", "first-deploy.md"), "utf8");
  const section = page.slice(page.indexOf("## Never verified against AWS"));
  return section
    .split("\n")
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => {
      const [number, , cell] = line.split(" | ");
      return {
        number: Number(number.replace("|", "")),
        cell,
        checks: [...cell.matchAll(/`([^`]+)`/g)].map(([, id]) => id),
      };
    });
}

describe("docs/first-deploy.md and the checks of verify", () => {
  const known = [...BEFORE, ...DEPLOYED, ...ACTIVE].map(({ id }) => id);

  it("have a check for every row, but for those that somebody has to look at", () => {
    expect(rows().map(({ number }) => number)).to.deep.equal(
      Array.from({ length: 18 }, (_, index) => index + 1),
    );
    const without = rows().filter(({ checks, cell }) => checks.length === 0 && cell !== EVERY);
    expect(without.map(({ number }) => number)).to.deep.equal(BY_HAND);
  });

  it("name the same checks", () => {
    const named = new Set(rows().flatMap(({ checks }) => checks));
    expect(new Set(known).size).to.equal(known.length);
    expect([...named].sort()).to.deep.equal([...known, "account"].sort());
  });
});
