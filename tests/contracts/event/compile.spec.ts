import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileEventSchema } from "../../../contracts/event/compile";
import { readEventContract } from "../../../contracts/event/workloads";
import { EVERYTHING } from "./schemas";

const BOOKKEEPING = [
  { name: "key_version", type: "string" },
  { name: "arrival_time", type: "timestamp" },
  { name: "partition_key", type: "string" },
  { name: "sequence_number", type: "string" },
  { name: "batch_time", type: "timestamp" },
  { name: "raw", type: "binary" },
  { name: "reason", type: "string" },
  { name: "reason_field", type: "string" },
];

describe("a compiled contract", () => {
  it("is one text of sorted names, whose hash is its name", () => {
    const { text, fileName, sha256, title } = readEventContract("sentiment");
    expect(text).to.equal(
      '{"columns":[{"name":"event_id","type":"string"},{"name":"user_key","type":"string"},' +
        '{"name":"text","type":"string"},{"name":"created_at","type":"timestamp"},' +
        '{"name":"lang","type":"string"},{"name":"source","type":"string"},' +
        '{"name":"label","type":"string"},{"name":"key_version","type":"string"},' +
        '{"name":"arrival_time","type":"timestamp"},{"name":"partition_key","type":"string"},' +
        '{"name":"sequence_number","type":"string"},{"name":"batch_time","type":"timestamp"},' +
        '{"name":"raw","type":"binary"},{"name":"reason","type":"string"},' +
        '{"name":"reason_field","type":"string"}],"eventTime":"created_at","fields":[' +
        '{"column":"event_id","maximumLength":128,"minimumLength":1,"name":"event_id",' +
        '"path":["event_id"],"required":true,"type":"string","uses":["identity"]},' +
        '{"column":"user_key","maximumLength":128,"minimumLength":1,"name":"user_id",' +
        '"path":["user_id"],"required":true,"type":"string","uses":["pseudonym"]},' +
        '{"column":"text","maximumLength":2000,"minimumLength":1,"name":"text","path":["text"],' +
        '"required":true,"type":"string","uses":["mask"]},' +
        '{"column":"created_at","name":"created_at","path":["created_at"],"required":true,' +
        '"type":"date-time","uses":["event-time"]},' +
        '{"column":"lang","maximumLength":35,"minimumLength":2,"name":"lang","path":["lang"],' +
        '"required":false,"type":"string","uses":["slice"]},' +
        '{"column":"source","maximumLength":64,"minimumLength":0,"name":"source","path":["source"],' +
        '"required":false,"type":"string","uses":["slice"]},' +
        '{"allowed":["negative","neutral","positive"],"column":"label","minimumLength":0,' +
        '"name":"label","path":["label"],"required":false,"type":"string","uses":["label"]}],' +
        '"identity":["event_id"],"label":{"name":"label","values":["negative","neutral","positive"]},' +
        '"maximumRecordBytes":65536,"objects":[],"version":1,"workload":"sentiment"}',
    );
    expect(fileName).to.equal(`contract-${sha256.slice(0, 16)}.json`);
    expect(fileName).to.equal("contract-5dac4eed7ad283be.json");
    expect(title).to.equal("Social posts");
  });

  it("flattens objects, depth first in the schema's order", () => {
    const { compiled } = compileEventSchema("everything", "f", JSON.stringify(EVERYTHING));
    expect(compiled.fields).to.deep.equal([
      {
        path: ["reading_id"],
        name: "reading_id",
        column: "reading_key",
        type: "string",
        required: true,
        minimumLength: 0,
        uses: ["identity", "pseudonym"],
      },
      {
        path: ["device", "serial"],
        name: "device_serial",
        column: "device_serial",
        type: "integer",
        required: true,
        minimum: 1,
        maximum: 9007199254740991,
        uses: ["identity", "slice"],
      },
      {
        path: ["device", "place", "height"],
        name: "device_place_height",
        column: "device_place_height",
        type: "number",
        required: true,
        minimum: -0.5,
        uses: [],
      },
      {
        path: ["device", "email"],
        name: "device_email",
        column: "device_email_key",
        type: "string",
        required: false,
        minimumLength: 0,
        maximumLength: 320,
        uses: ["pseudonym"],
      },
      {
        path: ["at"],
        name: "at",
        column: "at",
        type: "date-time",
        required: false,
        uses: ["event-time"],
      },
      {
        path: ["levels"],
        name: "levels",
        column: "levels",
        type: "number",
        maximumItems: 9,
        minimumItems: 2,
        required: true,
        maximum: 100,
        uses: [],
      },
      {
        path: ["friend_id"],
        name: "friend_id",
        column: "friend_key",
        type: "integer",
        maximumItems: 4,
        minimumItems: 0,
        required: false,
        minimum: -9007199254740991,
        maximum: 9007199254740991,
        uses: ["pseudonym"],
      },
      {
        path: ["unusual"],
        name: "unusual",
        column: "unusual",
        type: "boolean",
        required: false,
        uses: ["label"],
      },
    ]);
    expect(compiled.objects).to.deep.equal([
      { path: ["device"], required: true },
      { path: ["device", "place"], required: false },
    ]);
    expect(compiled.identity).to.deep.equal(["reading_id", "device_serial"]);
    expect(compiled.eventTime).to.equal("at");
    expect(compiled.label).to.deep.equal({ name: "unusual", values: ["false", "true"] });
    expect(compiled.maximumRecordBytes).to.equal(10_485_760);
    expect(compiled.columns).to.deep.equal([
      { name: "reading_key", type: "string" },
      { name: "device_serial", type: "bigint" },
      { name: "device_place_height", type: "double" },
      { name: "device_email_key", type: "string" },
      { name: "at", type: "timestamp" },
      { name: "levels", type: "array<double>" },
      { name: "friend_key", type: "array<string>" },
      { name: "unusual", type: "boolean" },
      ...BOOKKEEPING,
    ]);
  });

  it("has the record's default size, and no label or time if there is none", () => {
    const { compiled } = compileEventSchema(
      "least",
      "f",
      JSON.stringify({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "Least",
        type: "object",
        required: ["id"],
        properties: { id: { type: "integer", "x-use": "identity" } },
      }),
    );
    expect(compiled).to.deep.equal({
      version: 1,
      workload: "least",
      maximumRecordBytes: 65_536,
      fields: [
        {
          path: ["id"],
          name: "id",
          column: "id",
          type: "integer",
          required: true,
          minimum: -9007199254740991,
          maximum: 9007199254740991,
          uses: ["identity"],
        },
      ],
      objects: [],
      identity: ["id"],
      eventTime: null,
      label: null,
      columns: [{ name: "id", type: "bigint" }, ...BOOKKEEPING],
    });
  });

  it("does not change with the notes of its schema", () => {
    const noted = { ...EVERYTHING, title: "Other", description: "d", $comment: "c", $id: "i" };
    const plain = compileEventSchema("w", "f", JSON.stringify(EVERYTHING));
    const changed = compileEventSchema("w", "f", JSON.stringify(noted));
    expect(changed.text).to.equal(plain.text);
    expect([plain.title, changed.title]).to.deep.equal(["Readings", "Other"]);
  });
});

describe("the command that compiles a schema", () => {
  const command = ["-r", "tsx/cjs", "contracts/event/main.ts"];
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "contract-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("prints what the workload's folder compiles to, or writes it", () => {
    const schema = "workloads/sentiment/event.schema.json";
    const { text } = readEventContract("sentiment");
    expect(execFileSync("node", [...command, schema], { encoding: "utf8" })).to.equal(text);
    const file = join(folder, "out.json");
    expect(execFileSync("node", [...command, schema, file], { encoding: "utf8" })).to.equal("");
    expect(readFileSync(file, "utf8")).to.equal(text);
  });

  it("says in one message what is wrong", () => {
    mkdirSync(join(folder, "mine"));
    const schema = join(folder, "mine", "event.schema.json");
    writeFileSync(schema, JSON.stringify({ ...EVERYTHING, "x-max-bytes": 0, title: 1 }));
    const run = (): string =>
      execFileSync("node", [...command, schema], { encoding: "utf8", stdio: "pipe" });
    expect(run).to.throw(
      `${schema} has 2 problems (docs/events.md has the rules):\n` +
        "  - title must be a string. Received: 1.\n" +
        "  - x-max-bytes must be a whole number from 1 to 10485760. Received: 0.\n",
    );
  });
});
