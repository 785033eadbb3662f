import * as fs from "node:fs";
import { parse } from "yaml";

import { inRepository } from "../paths";

/** The workload of the stack `local`, which a command takes when it is told of no other one. */
export function localWorkload(): string {
  const file = parse(fs.readFileSync(inRepository("Pulumi.local.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, string>>;
  };
  return file.config["streaming-ml:workload"];
}
