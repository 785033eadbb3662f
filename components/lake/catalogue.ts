import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ContractArgs } from "../shared/contractArgs";
import { stackName } from "../shared/stackName";
import {
  HISTORY_PARTITION_KEYS,
  historyColumns,
  historyParameters,
  PARTITION_KEYS,
  projectionParameters,
} from "./eventsTable";

export interface CatalogueArgs {
  /** `s3://` address of the events. */
  readonly events: pulumi.Output<string>;
  /** `s3://` address of the lists of compacted files. */
  readonly manifests: pulumi.Output<string>;
  /** First day of data, YYYY-MM-DD. */
  readonly firstDay: string;
  /** The event contract: it gives the tables their columns and descriptions. */
  readonly contract: ContractArgs;
  /** Names of the tables. */
  readonly eventsTable: string;
  readonly historyTable: string;
}

export interface Catalogue {
  readonly database: aws.glue.CatalogDatabase;
  readonly events: aws.glue.CatalogTable;
  readonly history: aws.glue.CatalogTable;
}

const PARQUET = {
  serDeInfo: {
    serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  },
} as const;

/** The Glue database for Athena and Spark SQL, with the tables of events and their history. */
export function createCatalogue(
  name: string,
  args: CatalogueArgs,
  parent: pulumi.Resource,
): Catalogue {
  const { title } = args.contract;
  const columns = pulumi.output(args.contract.compiled).apply((compiled) => compiled.columns);
  // Names are given, not generated: Pulumi's have hyphens, which Athena needs quotes for.
  const database = new aws.glue.CatalogDatabase(
    name,
    { name: stackName(pulumi.getProject(), pulumi.getStack(), { separator: "_" }) },
    { parent },
  );
  const events = new aws.glue.CatalogTable(
    `${name}-events`,
    {
      databaseName: database.name,
      name: args.eventsTable,
      description: `${title} from the data stream: valid ones and, with their reason, refused ones`,
      tableType: "EXTERNAL_TABLE",
      parameters: args.events.apply((uri) => projectionParameters(uri, args.firstDay)),
      partitionKeys: PARTITION_KEYS.map((key) => ({ ...key })),
      storageDescriptor: {
        location: pulumi.interpolate`${args.events}/`,
        columns: columns.apply((known) => known.map((column) => ({ ...column }))),
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        ...PARQUET,
      },
    },
    { parent },
  );
  const history = new aws.glue.CatalogTable(
    `${name}-history`,
    {
      databaseName: database.name,
      name: args.historyTable,
      description: `${title} of closed hours, valid ones only, in few large files`,
      tableType: "EXTERNAL_TABLE",
      parameters: args.manifests.apply((uri) => historyParameters(uri, args.firstDay)),
      partitionKeys: HISTORY_PARTITION_KEYS.map((key) => ({ ...key })),
      storageDescriptor: {
        location: pulumi.interpolate`${args.manifests}/`,
        columns: columns.apply(historyColumns),
        // Lists of Parquet files below projected partitions: the form of S3 Inventory's own tables (S3 user guide).
        inputFormat: "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat",
        ...PARQUET,
      },
    },
    { parent },
  );
  return { database, events, history };
}
