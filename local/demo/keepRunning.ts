import * as fs from "node:fs";
import * as path from "node:path";

import { print } from "../../tools/terminal";
import { LocalRun } from "../run/localRun";
import { DemoFacts } from "./stages";

/** Variables that a shell needs to work on the run as on a real account. */
const EXPORTED = /^(AWS_|PULUMI_|STREAMING_ML_PROJECT_DIRECTORY$)/;

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** A file to `source`: afterwards any AWS SDK, `pulumi` and `npm run ops` see this run. */
export function environmentFile(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables)
    .filter(([name]) => EXPORTED.test(name))
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, value]) => `export ${name}=${quote(value)}`);
  return `${lines.join("\n")}\n`;
}

/**
 * Leaves everything running until Ctrl-C, and says how to use it.
 *
 * The key goes into a file that only this user can read, never onto the screen.
 */
export async function keepRunning(run: LocalRun, facts: DemoFacts): Promise<void> {
  const environment = run.file("environment.sh");
  const header = run.file("api-key.header");
  fs.writeFileSync(environment, environmentFile(run.variables), { mode: 0o600 });
  fs.writeFileSync(header, `x-api-key: ${facts.api.key}\n`, { mode: 0o600 });
  const [question] = facts.questions;
  const relative = (file: string): string => path.relative(process.cwd(), file);
  print(`
Everything keeps running. In another terminal:

  curl -s -H @${relative(header)} -H 'content-type: application/json' \\
    -d ${quote(JSON.stringify({ instances: [question.instance] }))} ${facts.api.url}/v1/predictions

  . ${relative(environment)}          # any AWS SDK, pulumi and \`npm run ops\` then see this run
  npm run ops -- status -s local

Stop it with Ctrl-C here, or with: kill ${process.pid}`);
  await new Promise<never>((_resolve, reject) => {
    // A timer keeps the process alive: a pending promise alone does not.
    const alive = setInterval(() => undefined, 60_000);
    run.environment.onFailure((reason) => {
      clearInterval(alive);
      reject(new Error(reason));
    });
  });
}
