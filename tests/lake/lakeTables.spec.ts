import { expect } from "chai";

import { DataLake } from "../../components/lake/dataLake";
import { compileEventSchema } from "../../contracts/event/compile";
import { SHAPES } from "../contracts/event/vectors/shapes";
import { at, find, mockStack, type Registered, settled, valueOf } from "../shared/pulumiMocks";
import { contract, plain, planLake } from "./plannedLake";

// These tests prove the inputs we send; not that AWS accepts them.

describe("the tables of a DataLake", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("lets Athena find a partition from the query alone", async () => {
    await planLake();
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-events");
    expect(inputs.parameters).to.include({
      "projection.enabled": "true",
      "projection.status.values": "valid,quarantined",
      "projection.dt.range": "2026-01-01,NOW",
      "projection.hour.digits": "2",
      "storage.location.template":
        "s3://lake-1a2b3c4/events/status=${status}/dt=${dt}/hour=${hour}",
    });
    expect((inputs.partitionKeys as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      "status",
      "dt",
      "hour",
    ]);
    const projected = Object.keys(inputs.parameters as object).filter((key) =>
      key.endsWith(".type"),
    );
    expect(projected).to.have.length(3);
  });

  it("gives the tables the columns of the events, and says what they are", async () => {
    await planLake();
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-events");
    expect(inputs.description).to.equal(
      "Social posts from the data stream: valid ones and, with their reason, refused ones",
    );
    expect((inputs.storageDescriptor as { columns: object[] }).columns).to.deep.equal([
      { name: "event_id", type: "string" },
      { name: "user_key", type: "string" },
      { name: "text", type: "string" },
      { name: "created_at", type: "timestamp" },
      { name: "lang", type: "string" },
      { name: "source", type: "string" },
      { name: "label", type: "string" },
      { name: "key_version", type: "string" },
      { name: "arrival_time", type: "timestamp" },
      { name: "partition_key", type: "string" },
      { name: "sequence_number", type: "string" },
      { name: "batch_time", type: "timestamp" },
      { name: "raw", type: "binary" },
      { name: "reason", type: "string" },
      { name: "reason_field", type: "string" },
    ]);
  });

  it("knows no event by name: another contract gives other columns", async () => {
    const shapes = compileEventSchema("shapes", "shapes.ts", JSON.stringify(SHAPES));
    new DataLake("lake", { ...plain, contract: shapes });
    await settled();
    const table = (name: string) => {
      const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", name);
      const { columns } = inputs.storageDescriptor as { columns: { name: string; type: string }[] };
      return [
        inputs.description,
        ...columns.slice(0, 13).map(({ name: column, type }) => `${column} ${type}`),
      ];
    };
    const own = [
      "box_key string",
      "site_number bigint",
      "site_place_north double",
      "site_place_note string",
      "seen timestamp",
      "day timestamp",
      "levels array<double>",
      "tags array<string>",
      "friends_key array<string>",
      "flags array<boolean>",
      "kind string",
      "total bigint",
      "weight double",
    ];
    expect(table("lake-events")).to.deep.equal([
      "Shapes from the data stream: valid ones and, with their reason, refused ones",
      ...own,
    ]);
    expect(table("lake-history")).to.deep.equal([
      "Shapes of closed hours, valid ones only, in few large files",
      ...own,
    ]);
  });

  it("lies elsewhere, under other names, in every further version", async () => {
    const made = await planLake({ ...plain, version: 3 });
    const { eventsUri, quarantineUri, historyUri, table, historyTable } = made;
    expect([
      await valueOf(eventsUri),
      await valueOf(quarantineUri),
      await valueOf(historyUri),
      await valueOf(table),
      await valueOf(historyTable),
    ]).to.deep.equal([
      "s3a://lake-1a2b3c4/events-v3",
      "s3a://lake-1a2b3c4/events-v3/status=quarantined",
      "s3a://lake-1a2b3c4/history-v3",
      "events_v3",
      "history_v3",
    ]);
    const CATALOG_TABLE = "aws:glue/catalogTable:CatalogTable";
    const places = (name: string) => {
      const { parameters, storageDescriptor } = find(registered, CATALOG_TABLE, name).inputs;
      return [
        at(storageDescriptor, "location"),
        (parameters as Record<string, unknown>)["storage.location.template"],
      ];
    };
    expect(places("lake-events")).to.deep.equal([
      "s3://lake-1a2b3c4/events-v3/",
      "s3://lake-1a2b3c4/events-v3/status=${status}/dt=${dt}/hour=${hour}",
    ]);
    expect(places("lake-history")).to.deep.equal([
      "s3://lake-1a2b3c4/history-v3/manifests/",
      "s3://lake-1a2b3c4/history-v3/manifests/dt=${dt}/hour=${hour}",
    ]);
  });

  it("lets Athena read history from the lists of its files", async () => {
    const { historyUri, historyTable } = await planLake();
    expect(await valueOf(historyUri)).to.equal("s3a://lake-1a2b3c4/history");
    expect(await valueOf(historyTable)).to.equal("history");
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-history");
    expect(inputs.parameters).to.deep.equal({
      EXTERNAL: "TRUE",
      classification: "parquet",
      "projection.enabled": "true",
      "projection.dt.type": "date",
      "projection.dt.format": "yyyy-MM-dd",
      "projection.dt.range": "2026-01-01,NOW",
      "projection.hour.type": "integer",
      "projection.hour.range": "0,23",
      "projection.hour.digits": "2",
      "storage.location.template": "s3://lake-1a2b3c4/history/manifests/dt=${dt}/hour=${hour}",
    });
    expect((inputs.partitionKeys as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      "dt",
      "hour",
    ]);
    const { location, columns, inputFormat, outputFormat } = inputs.storageDescriptor as {
      location: string;
      columns: object[];
      inputFormat: string;
      outputFormat: string;
    };
    expect(location).to.equal("s3://lake-1a2b3c4/history/manifests/");
    expect(inputFormat).to.equal("org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat");
    expect(outputFormat).to.equal("org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat");
    expect(inputs.description).to.equal(
      "Social posts of closed hours, valid ones only, in few large files",
    );
    expect(columns).to.deep.equal([
      ...contract.compiled.columns.filter(
        ({ name }) => !["raw", "reason", "reason_field"].includes(name),
      ),
      { name: "batch", type: "string" },
    ]);
  });
});
