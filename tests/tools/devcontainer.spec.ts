import { expect } from "chai";
import * as fs from "node:fs";
import { coerce, gte, satisfies } from "semver";
import { parse } from "yaml";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { inRepository } from "../../tools/paths";
import { GO_VERSION } from "../../tools/setup/prerequisites";
import { SUPPORTED_PYTHONS } from "../../tools/setup/python";

interface Container {
  readonly image: string;
  readonly features: Readonly<Record<string, { readonly version: string }>>;
}

interface Action {
  readonly inputs: { readonly "node-version": { readonly default: string } };
  readonly runs: {
    readonly steps: readonly {
      readonly uses: string;
      readonly with: Readonly<Record<string, unknown>>;
    }[];
  };
}

const read = (file: string): string => fs.readFileSync(inRepository(file), "utf8");

describe("the development container", () => {
  // A JSON file with comments is YAML but for the comments' signs.
  const container = JSON.parse(
    read(".devcontainer/devcontainer.json").replace(/^\s*\/\/.*$/gm, ""),
  ) as Container;
  const feature = (name: string): string => {
    const found = Object.entries(container.features).find(([id]) => id.includes(`/${name}:`));
    return found?.[1].version ?? "";
  };
  const toolchain = parse(read(".github/actions/toolchain/action.yml")) as Action;
  const step = (name: string): Readonly<Record<string, unknown>> =>
    toolchain.runs.steps.find(({ uses }) => uses.startsWith(`actions/setup-${name}@`))?.with ?? {};

  it("has a Python that setup takes, the one of the workflows", () => {
    const python = /python:\d+\.\d+\.\d+-(\d+\.\d+)-/.exec(container.image)?.[1] ?? "";
    expect(SUPPORTED_PYTHONS).to.include(python);
    expect(python).to.equal(step("python")["python-version"]);
  });

  it("has the Java that the job is compiled with", () => {
    expect(feature("java")).to.equal(String(BUILT_FOR.java));
    expect(step("java")["java-version"]).to.equal(BUILT_FOR.java);
  });

  it("has a Go that setup takes, and setup takes none that a module refuses", () => {
    expect(gte(feature("go"), GO_VERSION), `Go ${feature("go")}`).to.equal(true);
    for (const module of [
      "engine/pulumi",
      "engine/language-nodejs",
      "object-storage",
      "actionlint",
    ]) {
      const needed = /^go (\S+)$/m.exec(read(`tools/${module}/go.mod`))?.[1] ?? "";
      expect(gte(GO_VERSION, needed), `tools/${module} needs Go ${needed}`).to.equal(true);
    }
  });

  it("has a Node that package.json takes, the one of the workflows", () => {
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    const node = feature("node");
    expect(satisfies(coerce(`${node}.99.0`) ?? "", engines.node), `Node ${node}`).to.equal(true);
    expect(node).to.equal(toolchain.inputs["node-version"].default);
  });

  it("takes each feature in one exact version", () => {
    for (const id of Object.keys(container.features)) {
      expect(id).to.match(/:\d+\.\d+\.\d+$/);
    }
  });

  it("says in the README what setup checks", () => {
    expect(read("README.md")).to.contain(`Go ${GO_VERSION}+`);
  });
});
