import type * as pulumi from "@pulumi/pulumi";

import type { EventContract } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";

/** A contract as components take it: what it says may be known only once its change was allowed. */
export interface ContractArgs extends Pick<EventContract, "title" | "fileName" | "sha256"> {
  readonly text: pulumi.Input<string>;
  readonly compiled: pulumi.Input<CompiledContract>;
}
