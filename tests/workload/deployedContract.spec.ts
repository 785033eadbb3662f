import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import {
  type ContractInputs,
  ContractProvider,
  type ContractState,
} from "../../components/workload/contractProvider";
import { DeployedContract } from "../../components/workload/deployedContract";
import { compileEventSchema, type EventContract } from "../../contracts/event/compile";
import { find, mockStack, settled, valueOf } from "../shared/pulumiMocks";

/** Boxes with more fields than their name. */
function boxes(properties: object, maximumRecordBytes = 4000): EventContract {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Boxes",
    type: "object",
    "x-max-bytes": maximumRecordBytes,
    required: ["box"],
    properties: { box: { type: "string", "x-use": "identity" }, ...properties },
  };
  return compileEventSchema("boxes", "boxes.json", JSON.stringify(schema));
}

const OPTIONAL = { type: ["string", "null"] };
const first = boxes({ colour: OPTIONAL });
const wider = boxes({ colour: OPTIONAL, weight: { type: ["number", "null"] } });
const other = boxes({ colour: { type: ["boolean", "null"] } });

const inputs = ({ text }: EventContract, lakeVersion = 1): ContractInputs => ({
  text,
  lakeVersion,
  revision: 1,
});

describe("the deployed contract", () => {
  let warnings: string[];
  let provider: ContractProvider;

  beforeEach(() => {
    warnings = [];
    provider = new ContractProvider((message) => {
      warnings.push(message);
      return Promise.resolve();
    });
  });

  it("is taken as it is at first", async () => {
    // The engine gives an empty object where nothing was there before.
    expect(await provider.check({}, inputs(first))).to.deep.equal({
      inputs: { ...inputs(first), earlier: {} },
    });
  });

  it("changes in place where files, memory and producers stay valid", async () => {
    const olds = { ...inputs(first), earlier: {} };
    const { inputs: news, failures } = await provider.check(olds, inputs(wider));
    expect(failures).to.equal(undefined);
    expect(news).to.deep.equal({ ...inputs(wider), earlier: {} });
    expect(await provider.diff("id", olds, news!)).to.deep.equal({ changes: true });
    expect(await provider.update("id", olds, news!)).to.deep.equal({ outs: news });
    expect(await provider.diff("id", news!, news!)).to.deep.equal({ changes: false });
    expect(warnings).to.deep.equal([]);
  });

  it("says what goes to quarantine from now on, but not again", async () => {
    const tighter = inputs(boxes({ colour: OPTIONAL }, 3000));
    const { inputs: news, failures } = await provider.check(
      { ...inputs(first), earlier: {} },
      tighter,
    );
    expect(failures).to.equal(undefined);
    const warning =
      "The event contract becomes tighter:\n" +
      "  - a record may have 3000 bytes instead of 4000: larger events, which were accepted before, go to quarantine.";
    expect(warnings).to.deep.equal([warning]);
    await provider.check(news!, tighter);
    expect(warnings).to.deep.equal([warning]);
  });

  it("is kept, with every reason and the ways out, when it cannot become another one", async () => {
    const { failures } = await provider.check(
      { ...inputs(wider), earlier: {} },
      inputs({ ...other }),
    );
    expect(failures).to.deep.equal([
      {
        property: "text",
        reason:
          "The deployed event contract cannot become this one:\n" +
          "  - colour: has the type boolean instead of string: files of both cannot be read as one table.\n" +
          "  - weight: was removed or renamed: what is stored under its name would be lost.\n" +
          "Tables and jobs are not changed. Either keep the deployed field, mark it deprecated in the schema and add " +
          "a new optional field; or raise streaming-ml:lake.version in the stack file, which creates new prefixes, " +
          "tables and a new checkpoint.",
      },
    ]);
  });

  it("starts again with another version of the lake, and remembers the contracts of the others", async () => {
    const olds: ContractState = { ...inputs(first), earlier: {} };
    const raised = await provider.check(olds, inputs(other, 2));
    expect(raised).to.deep.equal({
      inputs: { ...inputs(other, 2), earlier: { 1: first.text } },
    });
    expect(await provider.diff("id", olds, raised.inputs!)).to.deep.equal({ changes: true });
    const back = await provider.check(raised.inputs!, inputs(wider, 1));
    expect(back).to.deep.equal({ inputs: { ...inputs(wider, 1), earlier: { 2: other.text } } });
    expect(warnings).to.deep.equal([]);
    // The files of version 1 are still there, so their contract still counts.
    const { failures } = await provider.check(raised.inputs!, inputs(other, 1));
    expect(failures?.[0].reason).to.contain("colour: has the type boolean instead of string");
  });

  it("follows when only the provider's code is new", async () => {
    const olds = { ...inputs(first), earlier: {} };
    const changes = await provider.diff("id", olds, { ...olds, revision: 2 });
    expect(changes).to.deep.equal({ changes: true });
  });
});

describe("a contract as a resource", () => {
  it("gives tables their columns only through what was allowed", async () => {
    const registered = await mockStack(
      "test",
      {},
      {
        call: () => undefined,
        resource: ({ type, name, inputs: given }) =>
          Promise.resolve({
            id: name,
            // The engine answers with another text, so that who took the program's own is found out.
            state: type.endsWith("DeployedContract") ? { ...given, text: wider.text } : given,
          }),
      },
    );
    const deployed = new DeployedContract("event-contract", { contract: first, lakeVersion: 2 });
    const lake = new DataLake("lake", {
      ...lakeConfigSchema.parse({ firstDay: "2026-01-01" }),
      contract: deployed.contract,
    });
    await settled();
    const own = registered.find(({ name }) => name === "event-contract");
    expect(own?.type).to.equal("pulumi-nodejs:dynamic/workload:DeployedContract");
    expect(own?.inputs).to.include({ text: first.text, lakeVersion: 2, revision: 2 });
    expect(await valueOf(deployed.contract.compiled)).to.deep.equal(wider.compiled);
    await valueOf(lake.table);
    for (const name of ["lake-events", "lake-history"]) {
      const table = find(registered, "aws:glue/catalogTable:CatalogTable", name);
      const { columns } = table.inputs.storageDescriptor as { columns: { name: string }[] };
      expect(columns.slice(0, 3).map((column) => column.name)).to.deep.equal([
        "box",
        "colour",
        "weight",
      ]);
      expect(table.options.dependencies.map((urn) => urn.split("::").at(-1))).to.include(
        "event-contract",
      );
    }
  });
});
