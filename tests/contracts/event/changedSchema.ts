import { compileEventSchema } from "../../../contracts/event/compile";
import type { CompiledContract } from "../../../contracts/event/compiledContract";
import type { ContractChange } from "../../../contracts/event/contractChange";
import { contractChanges, describeChange } from "../../../contracts/event/evolution";
import { SHAPES } from "./vectors/shapes";

export type Schema = typeof SHAPES & {
  properties: Record<string, Record<string, unknown>>;
};

export function compiled(schema: object, workload = "shapes"): CompiledContract {
  return compileEventSchema(workload, "shapes.ts", JSON.stringify(schema)).compiled;
}

/** Kinds of a change of the schema. */
export function changes(edit: (schema: Schema) => void): ContractChange[] {
  const changed = structuredClone(SHAPES) as Schema;
  edit(changed);
  return contractChanges(compiled(SHAPES), compiled(changed));
}

export function lines(edit: (schema: Schema) => void): string[] {
  return changes(edit).map((change) => `${change.kind}: ${describeChange(change)}`);
}

export function field(schema: Schema, name: string): Record<string, unknown> {
  return (schema.properties as Record<string, Record<string, unknown>>)[name];
}

export const QUARANTINE = "events with other values, which were accepted before, go to quarantine";
