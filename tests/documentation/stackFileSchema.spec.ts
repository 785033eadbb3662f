import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { alternativesOf, type JsonSchema } from "../../components/shared/jsonSchema";
import { STACK_FILE_SCHEMA, stackFileSchemaText } from "../../tools/documentation/stackFileSchema";
import { inRepository } from "../../tools/paths";

type DescribedSchema = JsonSchema & { readonly description?: string };

interface StackFile {
  readonly config: Record<string, Record<string, unknown>>;
}

const STACKS = ["local", "dev", "prod"];

const stackFile = (stack: string) =>
  parse(readFileSync(inRepository(`Pulumi.${stack}.yaml`), "utf8")) as StackFile;

describe("docs/stack-file.schema.json", () => {
  const text = readFileSync(STACK_FILE_SCHEMA, "utf8");
  const schema = JSON.parse(text) as {
    properties: { config: { properties: Record<string, DescribedSchema> } };
  };
  const ajv = addFormats(new Ajv2020({ allErrors: true }));
  const refusals = (file: object) => {
    ajv.validate(schema, file);
    return (ajv.errors ?? []).map(({ instancePath, message, params }) => {
      const { additionalProperty } = params as { additionalProperty?: string };
      return [instancePath, message, additionalProperty].filter(Boolean).join(" ");
    });
  };

  it("says what the schemas of the rooms say; if not, run `make documentation`", async () => {
    expect(text).to.equal(await stackFileSchemaText());
  });

  for (const stack of STACKS) {
    it(`takes Pulumi.${stack}.yaml, which names it for editors`, () => {
      expect(refusals(stackFile(stack))).to.deep.equal([]);
      const [first] = readFileSync(inRepository(`Pulumi.${stack}.yaml`), "utf8").split("\n");
      expect(first).to.equal("# yaml-language-server: $schema=docs/stack-file.schema.json");
    });
  }

  it("refuses a misspelt key, a room there is not, and a value out of its range", () => {
    const file = stackFile("dev");
    const { retentionHours, ...stream } = file.config["streaming-ml:stream"];
    expect(retentionHours).to.equal(24);
    expect(
      refusals({
        config: {
          ...file.config,
          "streaming-ml:stream": { ...stream, retentionHuors: 24, shardCount: 0 },
          "streaming-ml:streams": {},
          "another-project:key": { any: "thing" },
        },
      }),
    ).to.have.members([
      "/config must NOT have additional properties streaming-ml:streams",
      "/config/streaming-ml:stream must NOT have additional properties retentionHuors",
      "/config/streaming-ml:stream/shardCount must be >= 1",
    ]);
  });

  it("describes every key, and gives every default", () => {
    const undescribed: string[] = [];
    const visit = (part: DescribedSchema, path: string): void => {
      for (const { properties = {} } of alternativesOf(part)) {
        for (const [name, field] of Object.entries<DescribedSchema>(properties)) {
          if (field.description === undefined) {
            undescribed.push(`${path}.${name}`);
          }
          visit(field, `${path}.${name}`);
        }
      }
    };
    const rooms = schema.properties.config.properties;
    Object.entries(rooms).forEach(([room, part]) => visit(part, room));
    expect(undescribed).to.deep.equal([]);
    expect(rooms["streaming-ml:stream"].properties?.retentionHours).to.deep.equal({
      description:
        "Retention in hours, 24 to 8760: the longest outage of the job without data loss.",
      type: "integer",
      minimum: 24,
      maximum: 8760,
      default: 24,
    });
  });
});
