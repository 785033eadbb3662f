/** `make preview`: plans a whole stack with the real engine, without credentials or network. */
import { Command, InvalidArgumentError, Option } from "commander";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";

import { inRepository, repositoryRoot } from "../../tools/paths";
import { messageOf, note, print } from "../../tools/terminal";
import { createRunDirectory } from "../environment/run";
import { PlaceholderRegistry, type RegistryContent } from "./placeholderRegistry";
import type { Plan } from "./plan";
import { planText, replacementKnown } from "./planText";
import { type ConfigOverrides, stackRegion, stackWorkload } from "./scratchProject";
import { OfflineStack, type StackOptions } from "./stack";

interface PreviewFlags {
  readonly stack: string;
  readonly model: RegistryContent;
  readonly json?: boolean;
  readonly program?: string;
  readonly config?: ConfigOverrides;
}

/** Another program than this repository's own. */
export interface PreviewedProgram {
  /** Folder of its Pulumi.yaml. */
  readonly folder: string;
  /** Configuration that its stack file does not have. */
  readonly config?: ConfigOverrides;
}

/** Plans a stack of this repository's program, which looks a model up while it plans. */
export async function previewOffline(
  stackName: string,
  model: RegistryContent,
  signal?: AbortSignal,
): Promise<Plan> {
  const region = await stackRegion(repositoryRoot, stackName);
  const workload = await stackWorkload(repositoryRoot, stackName);
  const registry = await PlaceholderRegistry.start({ content: model, region, workload });
  try {
    const services = { AWS_REGION: region, ...registry.services };
    return await planInRunFolder({ stack: stackName, services }, signal);
  } finally {
    await registry.stop();
  }
}

/**
 * Plans a stack of another program, which asks nothing but its provider.
 *
 * @throws Error when there is no such program, or no such stack of it
 */
export async function previewProgram(
  stackName: string,
  { folder, config }: PreviewedProgram,
  signal?: AbortSignal,
): Promise<Plan> {
  if (!existsSync(join(folder, "Pulumi.yaml"))) {
    throw new Error(
      `There is no Pulumi program in ${relative(repositoryRoot, folder)}: it has no Pulumi.yaml. Choose a folder that ` +
        "has one, for example bootstrap.",
    );
  }
  const services = { AWS_REGION: await stackRegion(folder, stackName) };
  return planInRunFolder({ stack: stackName, programFolder: folder, config, services }, signal);
}

/** Plans in a run folder of its own, which goes when the plan is made. */
async function planInRunFolder(
  options: Omit<StackOptions, "runDirectory">,
  signal?: AbortSignal,
): Promise<Plan> {
  const runDirectory = createRunDirectory("preview");
  let failed = true;
  try {
    const stack = await OfflineStack.open({ ...options, runDirectory });
    const plan = await stack.preview({ signal });
    failed = false;
    return plan;
  } finally {
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
    .option("--program <folder>", "folder of another Pulumi program, for example bootstrap")
    .option(
      "--config <key=value>",
      "configuration that the stack file of that program does not have (repeatable)",
      (pair: string, known: ConfigOverrides = {}) => ({ ...known, ...configPair(pair) }),
    )
    .parse()
    .opts<PreviewFlags>();
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => abort.abort(new Error("The preview was interrupted.")));
  }
  const started = performance.now();
  const plan =
    flags.program === undefined
      ? await previewOffline(flags.stack, flags.model, abort.signal)
      : await previewProgram(
          flags.stack,
          { folder: inRepository(flags.program), config: flags.config },
          abort.signal,
        );
  const seconds = (performance.now() - started) / 1000;
  if (flags.json) {
    print(planJson(flags, plan));
    return;
  }
  const assumption =
    flags.program !== undefined
      ? `program ${flags.program}`
      : flags.model === "approved"
        ? "as if a model were approved"
        : "before the first approved model";
  print(
    [
      `Stack ${flags.stack}, offline, ${assumption}`,
      "",
      planText(plan),
      `Planned in ${seconds.toFixed(1)} s. Nothing was created, and no account was asked.`,
      ...plan.warnings.map((warning) => `Warning: ${warning}`),
    ].join("\n"),
  );
}

function configPair(pair: string): ConfigOverrides {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError("It must be key=value, for example my-project:name=x.");
  }
  return { [key]: value };
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
    note(messageOf(error));
    process.exit(1);
  });
}
