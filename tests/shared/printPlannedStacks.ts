/** Prints every resource of every stack as JSON, for tests that are written in Python. */
import { planStack, STACKS } from "./plannedStacks";

/** Source code that dynamic resources carry into the state: megabytes, and no input of AWS's. */
const PROVIDER_SOURCE = "__provider";

async function main(): Promise<void> {
  const plans: Record<string, unknown> = {};
  for (const stack of STACKS) {
    plans[stack] = (await planStack(stack)).map(({ type, name, id, inputs, options }) => ({
      type,
      name,
      id,
      inputs,
      parent: options.parent,
      dependencies: options.dependencies,
    }));
  }
  process.stdout.write(
    JSON.stringify(plans, (key, value: unknown) => (key === PROVIDER_SOURCE ? undefined : value)),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
