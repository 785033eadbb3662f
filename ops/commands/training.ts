import { SageMakerClient } from "@aws-sdk/client-sagemaker";

import { print as show } from "../../tools/terminal";
import { followExecution, startExecution } from "../execution";
import { formatModels } from "../format";
import { chooseModel, listModels, setApproval } from "../registry";
import { planRejection } from "../rejection";
import { deployStack, openStack, type StackReference } from "../stack";
import { type ComparedWith, trainingParameters } from "../trainingParameters";
import { sleep, type WaitOptions } from "./waiting";

interface TrainOptions extends WaitOptions {
  /** `name=value`, each name once. */
  readonly parameter?: string[];
  readonly compareWith?: ComparedWith;
}

interface DecisionOptions extends StackReference {
  /** Run `pulumi up` afterwards. */
  readonly deploy?: boolean;
}

interface RejectOptions extends DecisionOptions {
  /** Also where no approved model is left. */
  readonly yes?: boolean;
}

/** `ops train`: starts the training pipeline. */
export async function train({
  parameter = [],
  compareWith,
  wait,
  ...reference
}: TrainOptions): Promise<void> {
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

/** `ops approve`: approves a model, so that the next `pulumi up` serves it. */
export async function approve(
  wanted: string,
  { deploy, ...reference }: DecisionOptions,
): Promise<void> {
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

/** `ops reject`: rejects a model, and says what follows from it. */
export async function reject(
  wanted: string,
  { deploy, yes, ...reference }: RejectOptions,
): Promise<void> {
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
