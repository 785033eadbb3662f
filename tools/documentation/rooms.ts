import type { z } from "zod";

import { ROOMS } from "../../components/config/loadConfig";
import { inRepository } from "../paths";
import { type FieldComments, readFieldComments } from "./schemaComments";

/** A room of the stack file whose schema has keys of its own. */
export interface ConfiguredRoom {
  /** Config key after `streaming-ml:`. */
  readonly key: string;
  readonly schema: z.ZodType;
}

/** Folders of rooms that are not named as their config key is. */
const FOLDERS: Readonly<Record<string, string>> = { alarms: "observability" };

/** All of them, in the order events travel. The workload is a name, not an object. */
export const CONFIGURED_ROOMS: readonly ConfiguredRoom[] = Object.entries(ROOMS)
  .filter(([key]) => key !== "workload")
  .map(([key, schema]) => ({ key, schema }));

/** What the source says of each key, by path. */
export function roomComments({ key }: ConfiguredRoom): FieldComments {
  const source = inRepository("components", FOLDERS[key] ?? key, "config.ts");
  return readFieldComments(source, `${key}ConfigSchema`);
}
