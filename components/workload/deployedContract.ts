import * as pulumi from "@pulumi/pulumi";

import type { EventContract } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";
import type { ContractArgs } from "../shared/contractArgs";
import { ContractProvider } from "./contractProvider";

export interface DeployedContractArgs {
  /** The event contract to deploy. */
  readonly contract: EventContract;
  /** Version of the lake with the events; contracts are compared within a version only. */
  readonly lakeVersion: number;
}

/** Incremented when the provider's code changes, because Pulumi otherwise runs the stored code. */
const PROVIDER_REVISION = 2;

/** One for all resources: Pulumi serializes an instance once, which takes longer than planning the rest of a stack. */
const provider = new ContractProvider();

/**
 * The event contract of this stack, as a resource in Pulumi's state only. It refuses an incompatible change, also in
 * `pulumi up --skip-preview`. Tables and jobs use {@link contract}, so they are deployed after this check.
 */
export class DeployedContract extends pulumi.dynamic.Resource {
  /** The compiled contract, known once it passed the check. */
  declare public readonly text: pulumi.Output<string>;
  /** The contract, for other components. */
  public readonly contract: ContractArgs & { readonly compiled: pulumi.Output<CompiledContract> };

  constructor(name: string, args: DeployedContractArgs, opts?: pulumi.CustomResourceOptions) {
    const { contract, lakeVersion } = args;
    super(
      provider,
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
