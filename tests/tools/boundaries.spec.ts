import { expect } from "chai";
import { Linter } from "eslint";
import typescript from "typescript-eslint";

import { inRepository } from "../../tools/paths";

/** Not written into `import()`: a module of ESLint's configuration has no types. */
const BOUNDARIES = inRepository("eslint.boundaries.mjs");

/** What the lint rules say of one import in a file. */
async function refusals(file: string, imported: string): Promise<string[]> {
  const { boundaries } = (await import(BOUNDARIES)) as { boundaries: Linter.Config[] };
  const parser = typescript.parser as Linter.Parser;
  const config = [{ files: ["**/*.ts"], languageOptions: { parser } }, ...boundaries];
  const code = `import type { It } from "${imported}";\nexport { It };\n`;
  return new Linter().verify(code, config, { filename: file }).map(({ message }) => message);
}

describe("the boundaries between folders", () => {
  for (const [file, imported] of [
    ["components/job/streamingJob.ts", "../lake/storageBucket"],
    ["components/shared/region.ts", "../config/rules"],
    ["components/runtimes/emrReleases.ts", "../shared/iam"],
    ["components/api/openApi.ts", "../../local/provider/standIn"],
    ["components/api/openApi.ts", "../../index"],
    ["contracts/event/compile.ts", "../../components/shared/errors"],
    ["local/provider/location.ts", "../../components/lake/versions"],
    ["local/demo/main.ts", "../../ops/failure"],
    ["bootstrap/index.ts", "../components/lake/storageBucket"],
    ["ops/verify/plannedStack.ts", "../../components/job/capacity"],
    ["examples/consumer/index.ts", "../../components/shared/iam"],
    ["policy/index.ts", "../components/shared/iam"],
    ["tools/setup/main.ts", "../../tests/shared/stackConfig"],
  ]) {
    it(`refuse ${imported} in ${file}`, async () => {
      const folder = file.startsWith("components/") ? /^components\/[a-z]+/ : /^[a-z]+/;
      const [who] = folder.exec(file)!;
      const [message, ...more] = await refusals(file, imported);
      expect(message).to.contain(`${who} imports `).and.contain("eslint.boundaries.mjs says why");
      expect(more).to.deep.equal([]);
    });
  }

  for (const [file, imported] of [
    ["components/job/streamingJob.ts", "./config"],
    ["components/job/streamingJob.ts", "../shared/iam"],
    ["components/job/capacity.ts", "../runtimes/instanceTypes"],
    ["components/job/sparkCode.ts", "../../contracts/workload/names"],
    ["components/config/rules.ts", "../job/capacity"],
    ["local/provider/location.ts", "../../components/shared/region"],
    ["bootstrap/stateStore.ts", "../components/shared/bucketPolicy"],
    ["tools/documentation/configuration.ts", "../../components/job/config"],
    ["tests/job/capacity.spec.ts", "../../components/job/capacity"],
    ["index.ts", "./components/job/streamingJob"],
  ]) {
    it(`allow ${imported} in ${file}`, async () => {
      expect(await refusals(file, imported)).to.deep.equal([]);
    });
  }

  it("name what may be imported instead", async () => {
    const [message] = await refusals("components/job/streamingJob.ts", "../lake/versions");
    expect(message).to.match(
      /components\/job imports components\/shared, components\/runtimes, contracts: /,
    );
  });
});
