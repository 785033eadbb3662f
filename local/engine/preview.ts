/** `make preview`: plans a whole stack with the real engine, without credentials or network. */
import { Command, Option } from "commander";
import { rm } from "node:fs/promises";
import { createRunDirectory } from "../environment/run";
import { PlaceholderRegistry, type RegistryContent } from "./placeholderRegistry";
import { planText, replacementKnown } from "./planText";
import { stackRegion, stackWorkload } from "./scratchProject";
import { OfflineStack } from "./stack";
import { repositoryRoot } from "../../tools/paths";
import type { Plan } from "./plan";

interface PreviewFlags {
  readonly stack: string;
  readonly model: RegistryContent;
  readonly json?: boolean;
}

/** Plans a stack in a run folder of its own and removes the folder when the plan is made. */
export async function previewOffline(
  stackName: string,
  model: RegistryContent,
  signal?: AbortSignal,
): Promise<Plan> {
  const region = await stackRegion(repositoryRoot, stackName);
  const runDirectory = createRunDirectory("preview");
  const workload = await stackWorkload(repositoryRoot, stackName);
  const registry = await PlaceholderRegistry.start({ content: model, region, workload });
  let failed = true;
  try {
    const stack = await OfflineStack.open({
      stack: stackName,
      runDirectory,
      services: { AWS_REGION: region, ...registry.services },
    });
    const plan = await stack.preview({ signal });
    failed = false;
    return plan;
  } finally {
    await registry.stop();
    // Only a failed preview leaves its folder: the message names the log in it.
    if (!failed || signal?.aborted) {
      await rm(runDirectory, { recursive: true, force: true });
    }
  }
}

async function main(): Promise<void> {
  const flags = new Command("preview")
    .requiredOption("--stack <name>", "stack to plan: local, dev or prod")
    .addOption(
      new Option("--model <registry>", "whether the registry holds an approved model")
        .choices(["approved", "none"])
        .default("approved"),
    )
    .option("--json", "print the plan as JSON")
    .parse()
    .opts<PreviewFlags>();
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => abort.abort(new Error("The preview was interrupted.")));
  }
  const started = performance.now();
  const plan = await previewOffline(flags.stack, flags.model, abort.signal);
  const seconds = (performance.now() - started) / 1000;
  if (flags.json) {
    process.stdout.write(`${planJson(flags, plan)}\n`);
    return;
  }
  const assumption =
    flags.model === "approved" ? "as if a model were approved" : "before the first approved model";
  process.stdout.write(
    [
      `Stack ${flags.stack}, offline, ${assumption}`,
      "",
      planText(plan),
      `Planned in ${seconds.toFixed(1)} s. Nothing was created, and no account was asked.`,
      ...plan.warnings.map((warning) => `Warning: ${warning}`),
      "",
    ].join("\n"),
  );
}

function planJson({ stack, model }: PreviewFlags, plan: Plan): string {
  const resources = plan.resources.map((resource) => ({
    ...resource,
    replacementKnown: replacementKnown(resource.type),
  }));
  return JSON.stringify({ stack, model, ...plan, resources }, undefined, 2);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
