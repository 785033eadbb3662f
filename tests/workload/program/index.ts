import * as pulumi from "@pulumi/pulumi";

import { createCatalogue } from "../../../components/lake/catalogue";
import { lakePlaces } from "../../../components/lake/versions";
import { DeployedContract } from "../../../components/workload/deployedContract";
import { compileEventSchema } from "../../../contracts/event/compile";

const config = new pulumi.Config();
const lakeVersion = config.requireNumber("lakeVersion");
const deployed = new DeployedContract("event-contract", {
  contract: compileEventSchema("boxes", "boxes.json", config.require("schema")),
  lakeVersion,
});
const { eventsPrefix, historyPrefix, eventsTable, historyTable } = lakePlaces(lakeVersion);
const { events } = createCatalogue(
  "lake",
  {
    events: pulumi.output(`s3://boxes/${eventsPrefix}`),
    manifests: pulumi.output(`s3://boxes/${historyPrefix}/manifests`),
    eventsTable,
    historyTable,
    firstDay: "2026-01-01",
    contract: deployed.contract,
  },
  new pulumi.ComponentResource("streaming-ml:test:Lake", "lake"),
);

export const columns = events.storageDescriptor.apply((storage) =>
  storage?.columns?.map(({ name }) => name),
);
export const table = events.name;
export const contract = deployed.contract.compiled;
