import { Command } from "commander";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

import { SchemaError } from "../schema/problem";
import { compileEventSchema } from "./compile";

function run(schema: string, output?: string): void {
  // The workload is named by the folder of the schema.
  const workload = basename(dirname(resolve(schema)));
  const { text } = compileEventSchema(workload, schema, readFileSync(schema, "utf8"));
  if (output === undefined) {
    process.stdout.write(text);
  } else {
    writeFileSync(output, text);
  }
}

try {
  new Command("compile")
    .description("Compiles the schema of a workload's events, as all jobs read it")
    .argument("<schema>", "file event.schema.json in the folder of its workload")
    .argument("[output]", "file to write; absent: standard output")
    .action(run)
    .parse();
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const expected = error instanceof SchemaError || code !== undefined;
  console.error(expected ? message : stack);
  process.exitCode = 1;
}
