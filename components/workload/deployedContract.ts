import * as pulumi from "@pulumi/pulumi";

import type { EventContract } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";
import type { ContractArgs } from "../shared/contractArgs";
import { ContractProvider } from "./contractProvider";

export interface DeployedContractArgs {
  /** What the events are to be from now on. */
  readonly contract: EventContract;
  /** Version of the lake that holds them; another one is held to no contract of this one. */
  readonly lakeVersion: number;
}

/** Raised when the provider's code changes, because Pulumi keeps running the one it stored until then. */
const PROVIDER_REVISION = 2;

/**
 * What the events of this stack are, as state of its own. It stands for nothing in AWS: a contract that the deployed one
 * cannot become is refused here, with the preview skipped, too. Tables and jobs take {@link contract}, so they come after.
 */
export class DeployedContract extends pulumi.dynamic.Resource {
  /** The compiled contract, known once it was allowed. */
  declare public readonly text: pulumi.Output<string>;
  /** The contract as components take it. */
  public readonly contract: ContractArgs & { readonly compiled: pulumi.Output<CompiledContract> };

  constructor(name: string, args: DeployedContractArgs, opts?: pulumi.CustomResourceOptions) {
    const { contract, lakeVersion } = args;
    super(
      new ContractProvider(),
      name,
      { text: contract.text, lakeVersion, revision: PROVIDER_REVISION },
      opts,
      "workload",
      "DeployedContract",
    );
    const compiled = this.text.apply((text) => JSON.parse(text) as CompiledContract);
    this.contract = { ...contract, text: this.text, compiled };
  }
}
