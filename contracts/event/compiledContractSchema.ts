import { z } from "zod";

import { type CompiledContract, FIELD_TYPES, USES } from "./compiledContract";

const text = z.string().min(1);
const path = z.array(text).min(1);

const field = z.looseObject({
  path,
  name: text,
  column: text,
  type: z.enum(FIELD_TYPES),
  maximumItems: z.int().optional(),
  minimumItems: z.int().optional(),
  required: z.boolean(),
  minimumLength: z.int().optional(),
  maximumLength: z.int().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  allowed: z.array(z.string()).optional(),
  uses: z.array(z.enum(USES)),
});

/**
 * A compiled contract that was read from elsewhere. The check finds what a reader cannot use, not whether the compiler
 * could have written it; unknown properties are kept.
 */
export const compiledContractSchema: z.ZodType<CompiledContract> = z.looseObject({
  version: z.literal(1, "must be a compiled event contract of version 1"),
  workload: text,
  maximumRecordBytes: z.int().min(1),
  fields: z.array(field).min(1),
  objects: z.array(z.looseObject({ path, required: z.boolean() })),
  identity: z.array(text),
  eventTime: text.nullable(),
  label: z.looseObject({ name: text, values: z.array(z.string()) }).nullable(),
  columns: z.array(z.looseObject({ name: text, type: text })),
});
