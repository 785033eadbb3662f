/**
 * Records what the stacks of a checkout are to AWS, for the test of upgrades: run it in a checkout of the release that is
 * deployed (with this folder copied into it), and keep what it prints as `deployed.json`.
 */
import { type Identities, plannedIdentities } from "./identity";

/** One line per resource. */
function text(stacks: Record<string, Identities>): string {
  const lines = Object.entries(stacks).map(([stack, resources]) => {
    const each = Object.entries(resources).map(
      ([urn, inputs]) => `    ${JSON.stringify(urn)}: ${JSON.stringify(inputs)}`,
    );
    return `  ${JSON.stringify(stack)}: {\n${each.join(",\n")}\n  }`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

plannedIdentities()
  .then((stacks) => process.stdout.write(text(stacks)))
  .catch((error: unknown) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${reason}\n`);
    process.exitCode = 1;
  });
