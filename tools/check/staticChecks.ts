import { createHash } from "node:crypto";
import * as fs from "node:fs";

import { inLocal, inRepository } from "../paths";
import { type Check, venv } from "./check";

/** Of results that hold as long as a file and the installed packages do. */
function cache(tool: string): string {
  const packages = createHash("sha256")
    .update(fs.readFileSync(inRepository("package-lock.json")))
    .digest("hex");
  return inLocal("caches", `${tool}-${packages.slice(0, 12)}`);
}

const CHECKED_BY_MYPY = [
  ...["spark", "training", "workloads", "templates", "local", "bench", "tools/classData"],
  ...["tests/python", "tests/reliability"],
];

const types: Check = {
  name: "types",
  title: "TypeScript types",
  command: "npx",
  arguments: ["tsc", "--noEmit", "--incremental", "--tsBuildInfoFile", cache("types")],
};

const eslint: Check = {
  name: "eslint",
  title: "ESLint",
  command: "npx",
  arguments: ["eslint", "."],
};

/** What ESLint says of a file depends on the types of others, so this may miss what a change does to those that use it. */
export const eslintOfChanges: Check = {
  name: "eslint-changes",
  title: "ESLint, of the files that have changed",
  command: "npx",
  arguments: [
    ...["eslint", ".", "--cache", "--cache-strategy", "content"],
    ...["--cache-location", cache("eslint")],
  ],
};

const rest: readonly Check[] = [
  {
    name: "prettier",
    title: "Prettier",
    command: "npx",
    arguments: [
      ...["prettier", "--check", "--log-level", "warn", "."],
      ...["--cache", "--cache-strategy", "content", "--cache-location", cache("prettier")],
    ],
  },
  {
    name: "actionlint",
    title: "Workflows (actionlint)",
    command: inLocal("bin", "actionlint"),
    // Both would be taken from PATH, where one machine has them and the next has not.
    arguments: ["-shellcheck=", "-pyflakes="],
  },
  { name: "ruff", title: "Ruff", command: venv("ruff"), arguments: ["check", "."] },
  {
    name: "ruff-format",
    title: "Ruff format",
    command: venv("ruff"),
    arguments: ["format", "--check", "."],
  },
  { name: "mypy", title: "mypy", command: venv("mypy"), arguments: CHECKED_BY_MYPY },
];

export const staticChecks: readonly Check[] = [eslint, types, ...rest];

/** The same in a fraction of the time. */
export const fastStaticChecks: readonly Check[] = [types, eslintOfChanges, ...rest];
