import type * as pulumi from "@pulumi/pulumi";

import type { EventContract } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";

/** A contract as an argument of components: its values may be known only after the compatibility check. */
export interface ContractArgs extends Pick<EventContract, "title" | "fileName" | "sha256"> {
  readonly text: pulumi.Input<string>;
  readonly compiled: pulumi.Input<CompiledContract>;
}
