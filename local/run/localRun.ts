import * as fs from "node:fs";
import * as path from "node:path";

import { parseStackOutputs, STACK_OUTPUT_NAME, StackOutputs } from "../../contracts/stackOutputs";
import { runCommand } from "../../tools/command";
import { python, repositoryRoot } from "../../tools/paths";
import { type ConfigOverrides, stackWorkload } from "../engine/scratchProject";
import { OfflineStack } from "../engine/stack";
import { LocalEnvironment } from "../environment/environment";

/** Variables of one command, for example those with its credentials. */
type Variables = Readonly<Record<string, string>>;

type Show = (line: string) => void;

/**
 * One run of the program on this machine: the local environment and the stack `local` in it. The
 * demo, the end-to-end tests and the drills each work on one.
 */
export class LocalRun {
  private constructor(
    readonly runDirectory: string,
    readonly environment: LocalEnvironment,
    readonly stack: OfflineStack,
    /** Name of the workload that the stack serves. */
    readonly workload: string,
    private readonly abort: AbortController,
  ) {}

  /**
   * Starts the stand-ins and opens the stack `local` on them.
   *
   * @param config configuration that differs from `Pulumi.local.yaml`, for tests
   * @param programFolder folder of the program to deploy, for tests. Absent: this repository
   * @throws Error if a stand-in does not start; nothing is left running then
   */
  static async start(
    runDirectory: string,
    config: ConfigOverrides = {},
    programFolder?: string,
  ): Promise<LocalRun> {
    const environment = await LocalEnvironment.start(runDirectory, { roles: true });
    try {
      const stack = await OfflineStack.open({
        stack: "local",
        runDirectory,
        services: environment.variables,
        config,
        programFolder,
      });
      const workload = await stackWorkload(stack.run.project, "local");
      return new LocalRun(runDirectory, environment, stack, workload, new AbortController());
    } catch (error) {
      await environment.stop();
      throw error;
    }
  }

  /** Variables of every command that reads the stack or calls a stand-in. */
  get variables(): Readonly<Record<string, string>> {
    return {
      ...this.environment.variables,
      ...this.stack.environment,
      // The operations command line deploys from the scratch copy, never from the committed files.
      STREAMING_ML_PROJECT_DIRECTORY: this.stack.run.project,
    };
  }

  /** `pulumi up`, with one line for each resource that is done. */
  async deploy(show: Show = () => undefined): Promise<StackOutputs> {
    await this.stack.up({
      signal: this.abort.signal,
      onEvent: (event) => {
        const done = event.resOutputsEvent?.metadata ?? event.resourcePreEvent?.metadata;
        // Debug lines of the engine contain inputs, also secrets in clear text.
        const spoken = (event.diagnosticEvent?.severity as string | undefined) !== "debug";
        const text = spoken ? event.diagnosticEvent?.message?.trim() : undefined;
        if (done !== undefined && done.op !== "same") {
          show(`${done.op} ${done.type}`);
        } else if (text !== undefined && text !== "") {
          show(text.split("\n")[0]);
        }
      },
    });
    return this.outputs();
  }

  async outputs(): Promise<StackOutputs> {
    return parseStackOutputs((await this.stack.outputs())[STACK_OUTPUT_NAME], "Stack local");
  }

  /** Value of the stack's own API key, which must never be printed. */
  async apiKey(): Promise<string> {
    return (await this.stack.outputs()).apiKey as string;
  }

  /** One of our own TypeScript commands, exactly as a user would start it. */
  node(
    script: string,
    commandArguments: readonly string[],
    show: Show,
    variables: Variables = {},
  ): Promise<string> {
    const all = ["-r", "tsx/cjs", script, ...commandArguments];
    return this.command(process.execPath, all, show, variables);
  }

  /** A Python module of this repository. */
  python(
    module: string,
    commandArguments: readonly string[],
    show: Show,
    variables: Variables = {},
  ): Promise<string> {
    return this.command(python, ["-m", module, ...commandArguments], show, variables);
  }

  private commands = 0;

  private command(
    command: string,
    commandArguments: string[],
    show: Show,
    variables: Variables,
  ): Promise<string> {
    const name = path.basename(commandArguments[commandArguments[0] === "-r" ? 2 : 1], ".ts");
    this.commands += 1;
    return runCommand(command, commandArguments, {
      logPath: path.join(this.runDirectory, "logs", `${this.commands}-${name}.log`),
      cwd: repositoryRoot,
      environment: { ...this.variables, ...variables },
      onLine: show,
    });
  }

  /** Stops a running operation of the engine. */
  interrupt(): void {
    this.abort.abort();
  }

  /** Deletes the stack's resources. */
  async destroy(): Promise<void> {
    await this.stack.destroy({ signal: this.abort.signal });
  }

  /** Ends every process of the run. */
  async stop(): Promise<void> {
    this.interrupt();
    await this.environment.stop();
  }

  /** Path of a file in the folder of the run; its folder is created. */
  file(...segments: string[]): string {
    const file = path.join(this.runDirectory, ...segments);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }
}
