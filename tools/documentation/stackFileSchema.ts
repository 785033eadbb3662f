import * as fs from "node:fs";
import { format, resolveConfig } from "prettier";

import { ROOMS } from "../../components/config/loadConfig";
import { alternativesOf, type JsonSchema, jsonSchemaOf } from "../../components/shared/jsonSchema";
import { workloadNames } from "../../contracts/workload/names";
import { inRepository } from "../paths";
import { CONFIGURED_ROOMS, roomComments } from "./rooms";
import type { FieldComments } from "./schemaComments";

/** Where the schema of `Pulumi.<stack>.yaml` stands: each stack file names it for editors. */
export const STACK_FILE_SCHEMA = inRepository("docs", "stack-file.schema.json");

/** The schema of a stack file as an object. */
export function stackFileSchema(): object {
  const rooms = CONFIGURED_ROOMS.map((room): [string, object] => [
    `streaming-ml:${room.key}`,
    {
      description: `Settings of the room ${room.key}: docs/configuration.md`,
      ...described(withoutDialect(jsonSchemaOf(room.schema)), "", roomComments(room)),
    },
  ]);
  const required = Object.entries(ROOMS)
    .filter(([, schema]) => !schema.safeParse(undefined).success)
    .map(([room]) => `streaming-ml:${room}`);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of streaming-ml",
    description:
      "Written by `make documentation` from the schemas in components/*/config.ts. Rules between keys are checked when " +
      "the program runs.",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: ["aws:region", ...required],
        properties: {
          "aws:region": { type: "string", description: "AWS region of the stack." },
          "streaming-ml:workload": {
            description: "The folder of workloads/ that describes the events and the model.",
            enum: workloadNames(),
          },
          ...Object.fromEntries(rooms),
        },
        // Other namespaces are other packages' to check.
        patternProperties: { "^(?!streaming-ml:)": {} },
        additionalProperties: false,
      },
    },
  };
}

/** The whole of `docs/stack-file.schema.json`. */
export async function stackFileSchemaText(): Promise<string> {
  const options = await resolveConfig(STACK_FILE_SCHEMA);
  return format(JSON.stringify(stackFileSchema()), { ...options, parser: "json" });
}

/** A schema as a part of another one: only the whole says its dialect. */
function withoutDialect(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema"));
}

/** The same schema with what the source says of each key, and without limits that only JavaScript has. */
function described(schema: JsonSchema, prefix: string, comments: FieldComments): object {
  const { minimum, maximum, ...rest } = schema;
  const alternatives = alternativesOf(schema);
  return {
    ...rest,
    ...(isLimit(minimum) ? { minimum } : {}),
    ...(isLimit(maximum) ? { maximum } : {}),
    ...(schema.properties === undefined
      ? {}
      : { properties: describedFields(schema.properties, prefix, comments) }),
    ...(alternatives[0] === schema
      ? {}
      : {
          [schema.anyOf === undefined ? "oneOf" : "anyOf"]: alternatives.map((alternative) =>
            described(alternative, prefix, comments),
          ),
        }),
  };
}

function describedFields(
  properties: NonNullable<JsonSchema["properties"]>,
  prefix: string,
  comments: FieldComments,
): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      const path = `${prefix}${name}`;
      const description = comments.get(path)?.meaning;
      return [
        name,
        {
          ...(description === undefined ? {} : { description }),
          ...described(field, `${path}.`, comments),
        },
      ];
    }),
  );
}

function isLimit(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

if (require.main === module) {
  void stackFileSchemaText().then((text) => fs.writeFileSync(STACK_FILE_SCHEMA, text));
}
