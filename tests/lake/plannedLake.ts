import type { LakeConfig } from "../../components/lake/config";
import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import { readEventContract } from "../../contracts/event/workloads";
import { settled } from "../shared/pulumiMocks";

/** The event contract of the lakes that tests plan. */
export const contract = readEventContract("sentiment");

/** The key of a lake that has one of its own. */
export const KEY = "arn:aws:kms:us-east-1:123456789012:key/lake-key";

/** A lake with S3's keys that goes with its stack. */
export const plain = lakeConfigSchema.parse({
  protect: false,
  deleteContents: true,
  firstDay: "2026-01-01",
});

/** A lake with a key of its own. */
export const keyed = lakeConfigSchema.parse({
  encryption: "customerManaged",
  firstDay: "2026-01-01",
});

/** Makes a lake under the mocks that are set, and waits until all of it is registered. */
export async function planLake(config: LakeConfig = plain): Promise<DataLake> {
  const made = new DataLake("lake", { ...config, contract });
  await settled();
  return made;
}
