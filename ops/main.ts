import { Command, Option } from "commander";
import { createRequire } from "node:module";

import { WorkloadError } from "../contracts/workload/workloadError";
import { note } from "../tools/terminal";
import { describeError } from "./failure";
import { COMPARED_WITH } from "./trainingParameters";

const load = createRequire(__filename);

/**
 * What the commands do. Loaded when one is run: the AWS SDK's clients, Pulumi's SDK and the compilers of schemas take
 * longer to load than most commands take. By require, because the TypeScript loader of a CommonJS process does not
 * handle a relative `import()`.
 */
const training = () => load("./commands/training") as typeof import("./commands/training");
const compaction = () => load("./commands/compaction") as typeof import("./commands/compaction");
const status = () => load("./commands/status") as typeof import("./commands/status");
const verify = () => load("./commands/verify") as typeof import("./commands/verify");
const contract = () => load("./commands/contract") as typeof import("./commands/contract");
const newWorkload = () => load("./commands/newWorkload") as typeof import("./commands/newWorkload");
const checkWorkload = () =>
  load("./commands/checkWorkload") as typeof import("./commands/checkWorkload");

/** An action of Commander that loads what it does when it is run. */
function loaded<Given extends unknown[]>(
  action: () => (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  return (...given) => action()(...given);
}

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption("-s, --stack <stack>", "stack to work on, for example dev")
    .addOption(
      new Option("--project-directory <folder>", "folder of the Pulumi.yaml to use").env(
        "STREAMING_ML_PROJECT_DIRECTORY",
      ),
    );
}

function buildProgram(): Command {
  const program = new Command("ops").description("Operates a deployed streaming-ml stack");
  command(program, "train", "start the training pipeline")
    .option("--wait", "wait for the end, and fail with the reason if it fails")
    .option(
      "--parameter <name=value>",
      "override a pipeline parameter, for example Epochs=4 (repeatable)",
      (pair: string, pairs: string[] = []) => [...pairs, pair],
    )
    .addOption(
      new Option(
        "--compare-with <model>",
        "the approved model (default), or none: needed once after a change of what the model is asked",
      ).choices(COMPARED_WITH),
    )
    .action(loaded(() => training().train));
  command(program, "compact", "rewrite closed hours of the lake into few large files, now")
    .option("--wait", "wait for the end, and fail with the reason if it fails")
    .option("--include-open-hours", "take the current hour too; what comes later is added later")
    .action(loaded(() => compaction().compact));
  command(program, "status", "show job, training, endpoint and models")
    .option("--json", "print JSON instead of tables")
    .action(loaded(() => status().status));
  command(program, "verify", "check a stack against AWS (docs/first-deploy.md)")
    .addOption(
      new Option(
        "--before",
        "check what the account has to have before the first pulumi up",
      ).conflicts("active"),
    )
    .option("--active", "also send requests and a test alarm, and look for drift; does no harm")
    .option("--report <file>", "write a report without secrets, to attach to an issue")
    .action(loaded(() => verify().verify));
  command(
    program,
    "contract",
    "show what the next pulumi up changes in the deployed event contract",
  ).action(loaded(() => contract().contract));
  command(program, "approve", "approve a model, so that the next pulumi up serves it")
    .argument("[version]", 'version number, or "latest"', "latest")
    .option("--deploy", "run pulumi up afterwards")
    .action(loaded(() => training().approve));
  command(
    program,
    "reject",
    "reject a model: from the next pulumi up on the newest approved one serves; where none is left, the endpoint stays",
  )
    .argument("[version]", 'version number, or "latest" for the newest approved one', "latest")
    .option("--yes", "reject it even where no approved model is left")
    .option("--deploy", "run pulumi up afterwards")
    .action(loaded(() => training().reject));
  program
    .command("new-workload")
    .description("write workloads/NAME, a whole workload of invented events that runs as it is")
    .argument("<name>", "lower-case letters, digits and _, a letter first, at most 40 of them")
    .action(loaded(() => newWorkload().writeWorkload));
  program
    .command("check-workload")
    .description("look for everything that is wrong with a folder of workloads/, its code included")
    .argument("<name>", "name of the folder")
    .action(loaded(() => checkWorkload().check));
  return program;
}

buildProgram()
  .parseAsync()
  .catch((error: Error) => {
    note(describeError(error, (one) => one instanceof WorkloadError));
    process.exitCode = 1;
  });
