import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { plannedTokens } from "../../local/provider/functions";
import { resourceTypes } from "../../local/provider/resourceTable";
import { inRepository } from "../../tools/paths";

const PROGRAM = ["index.ts", "components", "bootstrap"];

function sources(): string[] {
  return PROGRAM.flatMap((source) => {
    if (source.endsWith(".ts")) {
      return [source];
    }
    const files = readdirSync(inRepository(source), { recursive: true, encoding: "utf8" });
    return files.filter((file) => file.endsWith(".ts")).map((file) => join(source, file));
  });
}

function uses(pattern: RegExp): { file: string; module: string; name: string }[] {
  return sources().flatMap((file) => {
    const text = readFileSync(inRepository(file), "utf8");
    return [...text.matchAll(pattern)].map(([, module = "", name = ""]) => ({
      file,
      module,
      name,
    }));
  });
}

const CREATED = /new aws\.(\w+)\.(\w+)\(/g;

/** Types as programs write them, for example `kinesis.Stream`. */
const known = new Set(
  Object.keys(resourceTypes).map((token) => {
    const [, module = "", name = ""] = token.split(":");
    return `${module.split("/")[0]}.${name}`;
  }),
);

describe("offline provider and the program", () => {
  it(`knows every resource type that ${PROGRAM.join(" and ")} create`, () => {
    const created = uses(CREATED);
    expect(created.length).to.be.greaterThan(30);
    const unknown = created
      .filter(({ module, name }) => !known.has(`${module}.${name}`))
      .map(({ file, module, name }) => `${file}: aws.${module}.${name}`);
    expect(unknown).to.deep.equal([]);
  });

  it("has no row for a type that neither they nor the stand-in of awsx's Vpc create", () => {
    const vpc = readFileSync(inRepository("local/provider/vpc/vpc.ts"), "utf8");
    const ofVpc = [...vpc.matchAll(/import \{ (\w+) \} from "@pulumi\/aws\/(\w+)\//g)];
    const created = new Set([
      ...uses(CREATED).map(({ module, name }) => `${module}.${name}`),
      ...ofVpc.map(([, name, module]) => `${module}.${name}`),
    ]);
    expect([...known].filter((type) => !created.has(type))).to.deep.equal([]);
  });

  it("has every provider function that they call", () => {
    const planned = new Set(plannedTokens.map((token) => token.split(":").at(-1)));
    const called = uses(/aws\.(?:(\w+)\.)?(get[A-Z]\w*?)(?:Output)?\(/g);
    expect(called.length).to.be.greaterThan(0);
    const unknown = called
      .filter(({ name }) => !planned.has(name))
      .map(({ file, name }) => `${file}: ${name}`);
    expect(unknown).to.deep.equal([]);
  });
});
