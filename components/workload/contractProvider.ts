import type * as pulumi from "@pulumi/pulumi";

import type { CompiledContract } from "../../contracts/event/compiledContract";
import { contractChanges, refusedChanges, warnedChanges } from "../../contracts/event/evolution";
import { warnInDeployment } from "./engineLog";

/** What the resource is told. */
export interface ContractInputs {
  /** The compiled contract. */
  readonly text: string;
  /** Version of the lake that holds its events. */
  readonly lakeVersion: number;
  readonly revision: number;
}

/** What it remembers: its inputs, and the last contract of every other version of the lake. */
export interface ContractState extends ContractInputs {
  readonly earlier: Readonly<Record<string, string>>;
}

/** The contract that is deployed for a version of the lake; undefined when that begins. */
function deployedContract(
  olds: Partial<ContractState>,
  lakeVersion: number,
): CompiledContract | undefined {
  const text = olds.lakeVersion === lakeVersion ? olds.text : olds.earlier?.[lakeVersion];
  return text === undefined ? undefined : (JSON.parse(text) as CompiledContract);
}

/**
 * Holds a new contract to the one that is deployed. The engine asks `check` in every preview and again in every
 * deployment, before it touches anything that depends on this resource.
 *
 * This class is stored in the stack's state and runs in a process of its own: it may only use what can be serialized.
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

/** Contracts of the other versions: who returns to one of them finds its files and tables as they were. */
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
