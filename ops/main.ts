import { EMRClient } from "@aws-sdk/client-emr";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { Command, Option } from "commander";

import { refusedChanges } from "../contracts/event/evolution";
import { WorkloadError } from "../contracts/workload/readWorkload";
import { note, print as show } from "../tools/terminal";
import { checkWorkload } from "../tools/workload/checkWorkload";
import { followCompaction, readScheduledStep, startCompaction } from "./compaction";
import { nextChanges, nextContract } from "./contract";
import { COMPARED_WITH, followExecution, startExecution, trainingParameters } from "./execution";
import { describeError, Failure } from "./failure";
import { formatChanges, formatModels, formatStatus } from "./format";
import { newWorkload, nextSteps } from "./newWorkload";
import { chooseModel, listModels, setApproval } from "./registry";
import { planRejection } from "./rejection";
import { deployStack, openStack, readOutputs, type StackReference } from "./stack";
import { readStatus } from "./status";
import { runVerify, type VerifyFlags } from "./verify/verifyCommand";

interface CommonOptions extends StackReference {
  readonly parameter?: string[];
  readonly compareWith?: (typeof COMPARED_WITH)[number];
  readonly wait?: boolean;
  readonly deploy?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly includeOpenHours?: boolean;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function train({
  parameter = [],
  compareWith,
  wait,
  ...reference
}: CommonOptions): Promise<void> {
  const parameters = trainingParameters(parameter, compareWith);
  const outputs = await openStack(reference);
  const client = new SageMakerClient({ region: outputs.region });
  const executionArn = await startExecution(client, outputs.training.pipelineName, parameters);
  show(`Started ${executionArn}`);
  if (!wait) {
    return;
  }
  show(`Registered ${await followExecution(client, executionArn, { show, sleep })}`);
  show(formatModels(await listModels(client, outputs.training.modelPackageGroupName, 5)));
}

async function compact({ wait, includeOpenHours, ...reference }: CommonOptions): Promise<void> {
  const { region, lake } = await openStack(reference);
  if (lake.compactionSchedule === undefined) {
    throw new Failure(
      `Stack "${reference.stack}" was deployed by a release without compaction. Run pulumi up.`,
    );
  }
  const scheduler = new SchedulerClient({ region });
  const emr = new EMRClient({ region });
  const request = await readScheduledStep(scheduler, lake.compactionSchedule);
  const step = await startCompaction(emr, request, includeOpenHours === true);
  show(`Added step ${step.stepId} to cluster ${step.clusterId}`);
  if (wait) {
    await followCompaction(emr, step, { show, sleep });
  }
}

async function status({ json, ...reference }: CommonOptions): Promise<void> {
  const outputs = await openStack(reference);
  const clients = {
    sagemaker: new SageMakerClient({ region: outputs.region }),
    s3: new S3Client({ region: outputs.region }),
  };
  const read = await readStatus(clients, outputs);
  show(json ? JSON.stringify(read, undefined, 2) : formatStatus(read));
}

async function contract(reference: CommonOptions): Promise<void> {
  // Nothing of AWS is asked, so no account is compared.
  const outputs = await readOutputs(reference);
  const changes = nextChanges(reference.stack, outputs, nextContract(reference));
  show(formatChanges(changes));
  const refusal = refusedChanges(changes ?? []);
  if (refusal !== undefined) {
    throw new Failure(refusal);
  }
}

async function approve(wanted: string, { deploy, ...reference }: CommonOptions): Promise<void> {
  const outputs = await openStack(reference);
  const client = new SageMakerClient({ region: outputs.region });
  const group = outputs.training.modelPackageGroupName;
  const model = await chooseModel(client, group, wanted, () => true);
  if (model.approval === "Approved") {
    show(`Version ${model.version} is approved already.`);
  } else {
    await setApproval(client, model, "Approved");
    show(`Approved version ${model.version} (${model.arn}).`);
  }
  await deployOr(`To serve it: pulumi up --stack ${reference.stack}`, deploy, reference);
}

async function deployOr(
  hint: string,
  deploy: boolean | undefined,
  reference: StackReference,
): Promise<void> {
  if (deploy) {
    await deployStack(reference);
  } else {
    show(hint);
  }
}

async function reject(wanted: string, { deploy, yes, ...reference }: CommonOptions): Promise<void> {
  const outputs = await openStack(reference);
  const client = new SageMakerClient({ region: outputs.region });
  const group = outputs.training.modelPackageGroupName;
  const { model, consequence } = await planRejection(client, group, wanted, {
    stack: reference.stack,
    endpoint: outputs.endpoint,
    confirmed: yes === true,
  });
  await setApproval(client, model, "Rejected");
  show(`Rejected version ${model.version} (${model.arn}). ${consequence}`);
  await deployOr(`To deploy: pulumi up --stack ${reference.stack}`, deploy, reference);
}

async function writeWorkload(name: string): Promise<void> {
  show(nextSteps(name, await newWorkload(name)));
}

async function verify(flags: VerifyFlags): Promise<void> {
  if (!(await runVerify(flags))) {
    process.exitCode = 1;
  }
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
    .action(train);
  command(program, "compact", "rewrite closed hours of the lake into few large files, now")
    .option("--wait", "wait for the end, and fail with the reason if it fails")
    .option("--include-open-hours", "take the current hour too; what comes later is added later")
    .action(compact);
  command(program, "status", "show job, training, endpoint and models")
    .option("--json", "print JSON instead of tables")
    .action(status);
  command(program, "verify", "check a stack against AWS (docs/first-deploy.md)")
    .addOption(
      new Option(
        "--before",
        "check what the account has to have before the first pulumi up",
      ).conflicts("active"),
    )
    .option("--active", "also send requests and a test alarm, and look for drift; does no harm")
    .option("--report <file>", "write a report without secrets, to attach to an issue")
    .action(verify);
  command(
    program,
    "contract",
    "show what the next pulumi up changes in the deployed event contract",
  ).action(contract);
  command(program, "approve", "approve a model, so that the next pulumi up serves it")
    .argument("[version]", 'version number, or "latest"', "latest")
    .option("--deploy", "run pulumi up afterwards")
    .action(approve);
  command(
    program,
    "reject",
    "reject a model: from the next pulumi up on the newest approved one serves; where none is left, the endpoint stays",
  )
    .argument("[version]", 'version number, or "latest" for the newest approved one', "latest")
    .option("--yes", "reject it even where no approved model is left")
    .option("--deploy", "run pulumi up afterwards")
    .action(reject);
  program
    .command("new-workload")
    .description("write workloads/NAME, a whole workload of invented events that runs as it is")
    .argument("<name>", "lower-case letters, digits and _, a letter first, at most 40 of them")
    .action(writeWorkload);
  program
    .command("check-workload")
    .description("look for everything that is wrong with a folder of workloads/, its code included")
    .argument("<name>", "name of the folder")
    .action(async (name: string) => show(await checkWorkload(name)));
  return program;
}

buildProgram()
  .parseAsync()
  .catch((error: Error) => {
    note(describeError(error, (one) => one instanceof WorkloadError));
    process.exitCode = 1;
  });
