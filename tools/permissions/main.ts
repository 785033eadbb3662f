/** Writes what bootstrap/ knows of CloudFormation and IAM: run it after a row of its tables changed. */
import { writeFileSync } from "node:fs";
import { format } from "prettier";

import { knownKinds } from "../../bootstrap/permissions/arns";
import { reviewedActions } from "../../bootstrap/permissions/review";
import { PERMISSIONS } from "../../bootstrap/permissions/table";
import { inRepository } from "../paths";
import { note } from "../terminal";
import { handlerActions, resourceKinds } from "./handlers";

async function write(name: string, content: object): Promise<void> {
  const text = await format(JSON.stringify(content), { parser: "json", printWidth: 100 });
  writeFileSync(inRepository("bootstrap", "permissions", name), text);
}

async function main(): Promise<void> {
  const rows = Object.values(PERMISSIONS);
  const handlers = handlerActions(rows);
  const actions = rows.flatMap((row) =>
    reviewedActions(row, handlers[row.cloudFormation ?? ""] ?? []),
  );
  await write("handlers.json", handlers);
  await write("authorization.json", resourceKinds(actions, knownKinds()));
}

main().catch((error: Error) => {
  note(error.message);
  process.exitCode = 1;
});
