import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { filesBelow, inLocal, inRepository } from "../../tools/paths";

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: Record<string, string> }>>;
}

const files = filesBelow(".github").filter((file) => file.endsWith(".yml"));
const workflows = files
  .filter((file) => file.includes("workflows"))
  .map((file) => [file, parse(fs.readFileSync(inRepository(file), "utf8")) as Workflow] as const);

/** What a job may write, and why nothing less would do. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  // The role of AWS is assumed with a token of GitHub's.
  "deploy.yml up": ["id-token"],
  // The same, and the plan becomes a comment.
  "pull-request.yml preview": ["id-token", "pull-requests"],
};

/** The texts of every `run`, in jobs and in actions of this repository. */
function scriptsOf(value: unknown): string[] {
  return typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inside]) =>
        key === "run" && typeof inside === "string" ? [inside] : scriptsOf(inside),
      );
}

describe("the workflows", () => {
  it("run actions of one commit each, whose version stands behind it", () => {
    const uses = files.flatMap((file) =>
      [...fs.readFileSync(inRepository(file), "utf8").matchAll(/^.*\buses: *(.*)$/gm)].map(
        ([, action]) => action,
      ),
    );
    const foreign = uses.filter((action) => !action.startsWith("./"));
    expect(foreign.length).to.be.greaterThan(9);
    expect(
      foreign.filter((one) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one)),
    ).to.deep.equal([]);
  });

  it("allow nothing by themselves, and each job no more than it needs", () => {
    for (const [file, { permissions, jobs }] of workflows) {
      expect(permissions, file).to.deep.equal({});
      for (const [name, job] of Object.entries(jobs)) {
        const granted = Object.entries(job.permissions ?? {});
        const written = granted.filter(([, right]) => right !== "read").map(([what]) => what);
        const place = `${path.basename(file)} ${name}`;
        expect(written, place).to.have.members([...(WRITES[place] ?? [])]);
        expect(granted, place).to.deep.include(["contents", "read"]);
      }
    }
  });

  it("leave no token behind where they check the repository out", () => {
    for (const [file] of workflows) {
      const text = fs.readFileSync(inRepository(file), "utf8");
      const checkouts = text.split("actions/checkout@").slice(1);
      expect(checkouts.length, file).to.be.greaterThan(0);
      for (const checkout of checkouts) {
        expect(checkout.split("- ")[0], file).to.contain("persist-credentials: false");
      }
    }
  });

  it("run scripts that a shell can read", () => {
    const steps = files.flatMap((file) =>
      scriptsOf(parse(fs.readFileSync(inRepository(file), "utf8"))),
    );
    expect(steps.length).to.be.greaterThan(4);
    for (const script of [...steps, "if true; then"]) {
      // What GitHub puts in before a shell sees the script.
      const text = script.replace(/\$\{\{.*?\}\}/gs, "value");
      const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
      expect(status === 0, `${script}\n${stderr}`).to.equal(script !== "if true; then");
    }
  });

  it("are checked by a linter that knows GitHub's syntax and finds what is wrong", () => {
    const folder = fs.mkdtempSync(path.join(inLocal(), "workflow-"));
    try {
      const wrong = path.join(folder, "wrong.yml");
      fs.writeFileSync(
        wrong,
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ruin: ls\n",
      );
      const lint = () =>
        execFileSync(inLocal("bin", "actionlint"), ["-shellcheck=", "-pyflakes=", wrong], {
          stdio: "pipe",
        });
      expect(lint).to.throw(/Command failed/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
