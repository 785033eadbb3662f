import * as fs from "node:fs";

import { type JsonSchema, jsonSchemaOf } from "../../components/shared/jsonSchema";
import { inRepository } from "../paths";
import { describeDefault, describeType, fieldsOf } from "./jsonSchemaText";
import { CONFIGURED_ROOMS, roomComments } from "./rooms";
import type { FieldComments } from "./schemaComments";

const INTRODUCTION = `# Configuration

One structured value per room in each stack file, checked as a whole before any resource is planned.
\`local\`, \`dev\` and \`prod\` differ in these values only. Every problem is reported at once, with its
path, the value received and what to do. \`aws:region\` is required beside them, and so is \`streaming-ml:workload\`:
the folder of \`workloads/\` that describes the events, for example \`sentiment\` ([what it holds](events.md)).

Editors that know YAML complete these keys and mark what is wrong with them: each stack file names
[stack-file.schema.json](stack-file.schema.json) in its first line. Components take the same settings as arguments, with
the same defaults and the same checks ([in other programs](components.md)).

This page and that schema are written by \`make documentation\` from the schemas in \`components/*/config.ts\`; a test
fails when they differ.
`;

function rows(schema: JsonSchema, prefix: string, comments: FieldComments): string[] {
  return fieldsOf(schema).flatMap(({ name, forms, isRequired, condition }) => {
    const path = `${prefix}${name}`;
    const comment = comments.get(path);
    const meaning = [
      ...(condition === undefined ? [] : [`With \`${condition}\`.`]),
      comment?.meaning ?? "",
    ].join(" ");
    const cells = [
      `\`${path}\``,
      forms.map(describeType).join(" or "),
      comment?.default ?? describeDefault(forms[0], isRequired),
      meaning.replace(/\|/g, "\\|"),
    ];
    const nested = forms.flatMap((form) => rows(form, `${path}.`, comments));
    return [`| ${cells.join(" | ")} |`, ...nested];
  });
}

/** The whole of `docs/configuration.md`. */
export function configurationPage(): string {
  const sections = CONFIGURED_ROOMS.flatMap((room) => [
    `## \`streaming-ml:${room.key}\`\n`,
    "| key | type | default | meaning |",
    "| --- | --- | --- | --- |",
    ...rows(jsonSchemaOf(room.schema), "", roomComments(room)),
    "",
  ]);
  return `${INTRODUCTION}\n${sections.join("\n").trimEnd()}\n`;
}

export const CONFIGURATION_PAGE = inRepository("docs", "configuration.md");

if (require.main === module) {
  fs.writeFileSync(CONFIGURATION_PAGE, configurationPage());
}
