import type * as pulumi from "@pulumi/pulumi";

import type { CompiledContract } from "../../contracts/event/compiledContract";
import { contractChanges, refusedChanges, warnedChanges } from "../../contracts/event/evolution";
import { warnInDeployment } from "./engineLog";

/** Inputs of the resource. */
export interface ContractInputs {
  /** The compiled contract. */
  readonly text: string;
  /** Version of the lake with its events. */
  readonly lakeVersion: number;
  readonly revision: number;
}

/** Its state: the inputs, and the last contract of every other version of the lake. */
export interface ContractState extends ContractInputs {
  readonly earlier: Readonly<Record<string, string>>;
}

/** The deployed contract of a version of the lake; undefined for a new version. */
function deployedContract(
  olds: Partial<ContractState>,
  lakeVersion: number,
): CompiledContract | undefined {
  const text = olds.lakeVersion === lakeVersion ? olds.text : olds.earlier?.[lakeVersion];
  return text === undefined ? undefined : (JSON.parse(text) as CompiledContract);
}

/**
 * Checks that a new contract is compatible with the deployed one. The engine calls `check` in every preview and again
 * in every deployment, before it changes anything that depends on this resource.
 *
 * This class is stored in the stack's state and runs in another process: it may only use what Pulumi can serialize.
 */
export class ContractProvider implements pulumi.dynamic.ResourceProvider {
  constructor(readonly warn: (message: string) => Promise<void> = warnInDeployment) {}

  async check(
    olds: Partial<ContractState>,
    news: ContractInputs,
  ): Promise<pulumi.dynamic.CheckResult<ContractState>> {
    const inputs = { ...news, earlier: earlierContracts(olds, news.lakeVersion) };
    const before = deployedContract(olds, news.lakeVersion);
    const after = JSON.parse(news.text) as CompiledContract;
    const changes = before === undefined ? [] : contractChanges(before, after);
    const reason = refusedChanges(changes);
    if (reason !== undefined) {
      return { inputs, failures: [{ property: "text", reason }] };
    }
    const warning = warnedChanges(changes);
    if (warning !== undefined) {
      await this.warn(warning);
    }
    return { inputs };
  }

  diff(_id: string, olds: ContractState, news: ContractState): Promise<pulumi.dynamic.DiffResult> {
    const changes =
      olds.text !== news.text ||
      olds.lakeVersion !== news.lakeVersion ||
      olds.revision !== news.revision;
    return Promise.resolve({ changes });
  }

  create(inputs: ContractState): Promise<pulumi.dynamic.CreateResult<ContractState>> {
    return Promise.resolve({ id: "event-contract", outs: inputs });
  }

  update(
    _id: string,
    _olds: ContractState,
    news: ContractState,
  ): Promise<pulumi.dynamic.UpdateResult<ContractState>> {
    return Promise.resolve({ outs: news });
  }
}

/** Contracts of the other versions: their files and tables still exist, so returning to one is checked, too. */
function earlierContracts(
  olds: Partial<ContractState>,
  lakeVersion: number,
): Record<string, string> {
  const known: Record<string, string> = { ...olds.earlier };
  if (olds.text !== undefined && olds.lakeVersion !== undefined) {
    known[olds.lakeVersion] = olds.text;
  }
  delete known[lakeVersion];
  return known;
}
