import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { inRepository } from "../../tools/paths";

/** The product, and what measures and tries it: whatever must serve a workload that nobody has written yet. */
const FOLDERS = [
  ...["spark", "components", "contracts", "training", "ops", "policy", "local", "tools", "bench"],
  ...["tests/end-to-end", "tests/python/clients", "tests/reliability"],
  ...["index.ts", "outputs.ts"],
];

const SOURCE = /\.(ts|py|java|properties|xml)$/;

/**
 * Names of the first workload's events and answers, and of those of the template, that no other meaning has. `text` and
 * `label` are words.
 */
const NAMES =
  /\b(tickets|ticket_id|customer_(id|key)|opened_at|waiting_minutes|urgent|event_id|user_id|user_key|created_at|[Ss]ocial|tweets?|[Ss]entiment|score_negative)\b|["'](negative|neutral|positive)["']|\["(text|label|lang)"\]/;

/** Where such a name may stand, by what the line holds; each with its reason. */
const EXCEPTIONS: readonly { files: RegExp; line: RegExp; reason: string }[] = [
  {
    files: /^(contracts|tools\/documentation)\//,
    line: /for example|\* import type|sentence\("/,
    reason: "shows a person what to write",
  },
  {
    files: /^training\/(train|evaluate)\.py$/,
    line: /--workload sentiment/,
    reason: "is the usage in the docstring",
  },
  {
    files: /^bench\/main\.ts$/,
    line: /tweets|make setup WORKLOAD=/,
    reason: "measures masks on texts of a data set",
  },
  {
    files: /^(bench|tests\/reliability\/serving)\//,
    line: /sentiment"|"negative"/,
    reason: "serves a model of one workload, and says of which",
  },
  {
    files: /^bench\/model_pretrained\.py$/,
    line: /[Ss]entiment|\["text"\]/,
    reason: "asks a question of one workload's model alone",
  },
  {
    files: /^spark\/streaming_ml\/contract\.py$/,
    line: /^label = content\["label"\]$/,
    reason: "reads the use of that name",
  },
];

describe("the names of a workload's events", () => {
  const tracked = execFileSync("git", ["ls-files", "--", ...FOLDERS], {
    cwd: inRepository(),
    encoding: "utf8",
  });
  const lines = tracked
    .split("\n")
    .filter((file) => SOURCE.test(file))
    .flatMap((file) =>
      readFileSync(inRepository(file), "utf8")
        .split("\n")
        .map((line) => ({ file, line: line.trim() })),
    )
    .filter(({ line }) => NAMES.test(line));

  it("are in no file of the product", () => {
    const known = ({ file, line }: (typeof lines)[number]) =>
      EXCEPTIONS.some((one) => one.files.test(file) && one.line.test(line));
    expect(
      lines.filter((found) => !known(found)).map(({ file, line }) => `${file}: ${line}`),
    ).to.deep.equal([]);
  });

  for (const { files, line, reason } of EXCEPTIONS) {
    it(`still need the exception for what ${reason}`, () => {
      expect(lines.some((found) => files.test(found.file) && line.test(found.line))).to.equal(true);
    });
  }
});
