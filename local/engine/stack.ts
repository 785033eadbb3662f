/** A stack of this repository's program (or another one), deployed by the real engine offline. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { existsSync } from "node:fs";
import { appendFile, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";

import { repositoryRoot } from "../../tools/paths";
import { findPulumi } from "./commandLine";
import { EngineError } from "./engineError";
import { type EngineExit, runEngine } from "./engineRun";
import { engineEnvironment, SKIP_CHECKPOINTS } from "./environment";
import { type Plan, PlanCollector, readable } from "./plan";
import { installPlugins } from "./plugins";
import { openRunFolder, type RunFolder } from "./runFolder";
import { type ConfigOverrides, setConfig, writeScratchProject } from "./scratchProject";

/** Which stack to open, and where its run keeps everything. */
export interface StackOptions {
  readonly stack: string;
  readonly runDirectory: string;
  /** Variables that say where the stand-ins listen (`AWS_ENDPOINT_URL` and its kin). */
  readonly services?: Readonly<Record<string, string>>;
  /** Folder of the Pulumi program. @default this repository */
  readonly programFolder?: string;
  /** Configuration that differs from the stack file, in the scratch copy only. */
  readonly config?: ConfigOverrides;
}

/** What one operation may be given. */
export interface OperationOptions {
  readonly onEvent?: (event: EngineEvent) => void;
  /** Stops the operation and everything it started. */
  readonly signal?: AbortSignal;
  /**
   * Whether the engine writes the state before and after each resource, as it does by default: for tests of what a
   * stopped operation leaves behind.
   *
   * @default false, which takes half of the engine's processor time
   */
  readonly checkpoints?: boolean;
}

/** Operations on one stack. They must not overlap; other runs may be at work at the same time. */
export class OfflineStack {
  private operations = 0;

  private constructor(
    readonly name: string,
    readonly run: RunFolder,
    /** Environment of the engine: other commands that read this stack need the same. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly executable: string,
  ) {}

  /** Prepares plugins, scratch project and state of a run; what is there already is kept. */
  static async open(options: StackOptions): Promise<OfflineStack> {
    const executable = findPulumi();
    const run = await openRunFolder(options.runDirectory);
    await installPlugins(run.home);
    const state = await readFile(join(run.project, `Pulumi.${options.stack}.yaml`), "utf8").catch(
      () => "",
    );
    await writeScratchProject(run.project, options.programFolder ?? repositoryRoot);
    const stack = new OfflineStack(
      options.stack,
      run,
      engineEnvironment(run, options.services),
      executable,
    );
    await stack.keepSalt(state);
    await setConfig(run.project, options.stack, options.config ?? {});
    if (!(await stack.exists())) {
      await stack.command("stack init", ["stack", "init", options.stack], {});
    }
    return stack;
  }

  /** Sets configuration in the scratch copy of the stack file. */
  setConfig(overrides: ConfigOverrides): Promise<void> {
    return setConfig(this.run.project, this.name, overrides);
  }

  preview(options: OperationOptions = {}): Promise<Plan> {
    return this.operate("preview", [], options);
  }

  up(options: OperationOptions = {}): Promise<Plan> {
    return this.operate("up", ["--yes", "--skip-preview"], options);
  }

  refresh(options: OperationOptions = {}): Promise<Plan> {
    return this.operate("refresh", ["--yes", "--skip-preview"], options);
  }

  destroy(options: OperationOptions = {}): Promise<Plan> {
    return this.operate("destroy", ["--yes", "--skip-preview"], options);
  }

  /** Stack outputs with secrets in the clear: never print them. */
  async outputs(options: OperationOptions = {}): Promise<Record<string, unknown>> {
    const args = ["stack", "output", "--json", "--show-secrets", "--stack", this.name];
    const { stdout } = await this.command("stack output", args, options, false);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  private async operate(
    operation: "preview" | "up" | "refresh" | "destroy",
    flags: string[],
    options: OperationOptions,
  ): Promise<Plan> {
    const collector = new PlanCollector();
    const eventPath = join(this.run.logs, `${this.label(operation)}.events.jsonl`);
    const exit = await this.execute(operation, [operation, "--stack", this.name, ...flags], {
      ...options,
      eventPath,
      onEvent: (event) => {
        collector.add(event);
        options.onEvent?.(event);
      },
    });
    const plan = collector.plan();
    if (exit.code !== 0) {
      throw this.failure(operation, exit, plan.errors);
    }
    return plan;
  }

  private async command(
    operation: string,
    args: string[],
    options: OperationOptions,
    logged = true,
  ): Promise<EngineExit> {
    const exit = await this.execute(operation, args, { ...options, logged });
    if (exit.code !== 0) {
      throw this.failure(operation, exit, []);
    }
    return exit;
  }

  private async execute(
    operation: string,
    args: string[],
    options: OperationOptions & { readonly eventPath?: string; readonly logged?: boolean },
  ): Promise<EngineExit> {
    const exit = await runEngine({
      executable: this.executable,
      args: [...args, "--non-interactive", "--color", "never"],
      workingDirectory: this.run.project,
      environment: options.checkpoints
        ? { ...this.environment, [SKIP_CHECKPOINTS]: "false" }
        : this.environment,
      // Outputs in the clear must not lie about in a log.
      logPath: options.logged === false ? "/dev/null" : this.logPath(operation),
      eventPath: options.eventPath,
      onEvent: options.onEvent,
      signal: options.signal,
    });
    if (exit.killed) {
      await rm(join(this.run.state, ".pulumi", "locks"), { recursive: true, force: true });
    }
    options.signal?.throwIfAborted();
    return exit;
  }

  private failure(operation: string, exit: EngineExit, errors: readonly string[]): EngineError {
    const spoken = errors.length > 0 ? errors : [readable(exit.stderr) || readable(exit.stdout)];
    const reasons = spoken.filter((reason) => reason !== "");
    return new EngineError(
      operation,
      this.name,
      reasons.length > 0 ? reasons : [`The engine ended with exit code ${exit.code}.`],
      this.logPath(operation),
    );
  }

  private label(operation: string): string {
    this.operations += 1;
    return `pulumi-${operation}-${process.pid}-${this.operations}`;
  }

  private logPath(operation: string): string {
    return join(this.run.logs, `pulumi-${operation.replaceAll(" ", "-")}.log`);
  }

  private async exists(): Promise<boolean> {
    const text = await readFile(join(this.run.project, "Pulumi.yaml"), "utf8");
    const { name } = parse(text) as { name: string };
    return existsSync(
      join(this.run.state, ".pulumi", "stacks", name, `${basename(this.name)}.json`),
    );
  }

  /** A run that goes on must keep the salt its state was encrypted with. */
  private async keepSalt(previous: string): Promise<void> {
    const salt = (parse(previous) as { encryptionsalt?: string } | null)?.encryptionsalt;
    if (salt !== undefined) {
      const path = join(this.run.project, `Pulumi.${this.name}.yaml`);
      await appendFile(path, `encryptionsalt: ${salt}\n`);
    }
  }
}
