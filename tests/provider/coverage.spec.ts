import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plannedTokens } from "../../local/provider/functions";
import { resourceTypes } from "../../local/provider/resourceTable";
import { inRepository } from "../../tools/paths";

const PROGRAM = ["index.ts", "components"];

function sources(): string[] {
  const files = readdirSync(inRepository("components"), { recursive: true, encoding: "utf8" });
  return [
    "index.ts",
    ...files.filter((file) => file.endsWith(".ts")).map((f) => join("components", f)),
  ];
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

describe("offline provider and the program", () => {
  it(`knows every resource type that ${PROGRAM.join(" and ")} create`, () => {
    const known = new Set(
      Object.keys(resourceTypes).map((token) => {
        const [, module = "", name = ""] = token.split(":");
        return `${module.split("/")[0]}.${name}`;
      }),
    );
    const created = uses(/new aws\.(\w+)\.(\w+)\(/g);
    expect(created.length).to.be.greaterThan(30);
    const unknown = created
      .filter(({ module, name }) => !known.has(`${module}.${name}`))
      .map(({ file, module, name }) => `${file}: aws.${module}.${name}`);
    expect(unknown).to.deep.equal([]);
  });

  it("plans every provider function they call", () => {
    const planned = new Set(plannedTokens.map((token) => token.split(":").at(-1)));
    const called = uses(/aws\.(?:(\w+)\.)?(get[A-Z]\w*?)(?:Output)?\(/g);
    expect(called.length).to.be.greaterThan(0);
    const unknown = called
      .filter(({ name }) => !planned.has(name))
      .map(({ file, name }) => `${file}: ${name}`);
    expect(unknown).to.deep.equal([]);
  });
});
