import * as fs from "node:fs";
import { z } from "zod";
import { accessConfigSchema } from "../../components/access/config";
import { apiConfigSchema } from "../../components/api/config";
import { clusterConfigSchema } from "../../components/cluster/config";
import { jobConfigSchema } from "../../components/job/config";
import { endpointConfigSchema } from "../../components/endpoint/config";
import { lakeConfigSchema } from "../../components/lake/config";
import { networkConfigSchema } from "../../components/network/config";
import { alarmsConfigSchema } from "../../components/observability/config";
import { streamConfigSchema } from "../../components/stream/config";
import { trainingConfigSchema } from "../../components/training/config";
import { inRepository } from "../paths";
import { describeDefault, describeType, JsonSchema } from "./jsonSchemaText";
import { FieldComments, readFieldComments } from "./schemaComments";

/** The schema of each config key and the source that declares it, in flow order. */
const ROOMS: readonly { key: string; schema: z.ZodType; source: string }[] = [
  { key: "network", schema: networkConfigSchema, source: "network/config.ts" },
  { key: "stream", schema: streamConfigSchema, source: "stream/config.ts" },
  { key: "lake", schema: lakeConfigSchema, source: "lake/config.ts" },
  { key: "cluster", schema: clusterConfigSchema, source: "cluster/config.ts" },
  { key: "job", schema: jobConfigSchema, source: "job/config.ts" },
  { key: "training", schema: trainingConfigSchema, source: "training/config.ts" },
  { key: "endpoint", schema: endpointConfigSchema, source: "endpoint/config.ts" },
  { key: "api", schema: apiConfigSchema, source: "api/config.ts" },
  { key: "alarms", schema: alarmsConfigSchema, source: "observability/config.ts" },
  { key: "access", schema: accessConfigSchema, source: "access/config.ts" },
];

const INTRODUCTION = `# Configuration

One structured value per room in each stack file, checked as a whole before any resource is planned.
\`local\`, \`dev\` and \`prod\` differ in these values only. Every problem is reported at once, with its
path, the value received and the way out. \`aws:region\` is required beside them, and so is \`streaming-ml:workload\`:
the folder of \`workloads/\` that describes the events, for example \`sentiment\` ([what it holds](events.md)).

This page is written by \`make documentation\` from the schemas in \`components/*/config.ts\`; a test
fails when the two differ.
`;

function rows(schema: JsonSchema, prefix: string, comments: FieldComments): string[] {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    const all = alternatives.flatMap((alternative) => rows(alternative, prefix, comments));
    return [...new Set(all)];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const meaning = (comments.get(path) ?? "").replace(/\|/g, "\\|");
    const cells = [
      `\`${path}\``,
      describeType(field),
      describeDefault(field, schema.required?.includes(name) ?? false),
      meaning,
    ];
    return [`| ${cells.join(" | ")} |`, ...rows(field, `${path}.`, comments)];
  });
}

/** The whole of `docs/configuration.md`. */
export function configurationPage(): string {
  const sections: string[] = [];
  for (const { key, schema, source } of ROOMS) {
    const comments = readFieldComments(inRepository("components", source), `${key}ConfigSchema`);
    sections.push(
      `## \`streaming-ml:${key}\`\n`,
      "| key | type | default | meaning |",
      "| --- | --- | --- | --- |",
      ...rows(z.toJSONSchema(schema, { io: "input" }) as JsonSchema, "", comments),
      "",
    );
  }
  return `${INTRODUCTION}\n${sections.join("\n").trimEnd()}\n`;
}

export const CONFIGURATION_PAGE = inRepository("docs", "configuration.md");

if (require.main === module) {
  fs.writeFileSync(CONFIGURATION_PAGE, configurationPage());
}
