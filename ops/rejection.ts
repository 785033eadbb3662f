import type { SageMakerClient } from "@aws-sdk/client-sagemaker";

import { Failure } from "./failure";
import { chooseModel, listModels, LOOK_BACK, type RegisteredModel } from "./registry";

/** Whose model is rejected, and how sure the person is. */
export interface RejectionContext {
  readonly stack: string;
  /** What the stack serves; null where it serves nothing. */
  readonly endpoint: { readonly name: string; readonly modelPackageArn: string } | null;
  /** Whether it was said that no approved model has to be left. */
  readonly confirmed: boolean;
}

export interface Rejection {
  readonly model: RegisteredModel;
  /** What follows from it, as sentences. */
  readonly consequence: string;
}

/**
 * The model to reject, and what follows from it. Nothing is changed.
 *
 * @param wanted a version number, or `latest`: the newest approved one
 * @throws Failure when there is none, and when no approved model would be left and that was not confirmed
 */
export async function planRejection(
  client: Pick<SageMakerClient, "send">,
  groupName: string,
  wanted: string,
  { stack, endpoint, confirmed }: RejectionContext,
): Promise<Rejection> {
  const model = await chooseModel(
    client,
    groupName,
    wanted,
    ({ approval }) => wanted !== "latest" || approval === "Approved",
  );
  const models = await listModels(client, groupName, LOOK_BACK);
  const approved = models.filter(({ approval }) => approval === "Approved");
  const rest = approved.filter(({ arn }) => arn !== model.arn);
  if (rest.length > 0) {
    const consequence =
      approved[0].arn === model.arn
        ? `The next pulumi up serves version ${rest[0].version} instead, the newest that is approved.`
        : `Version ${approved[0].version}, the newest that is approved, goes on serving.`;
    return { model, consequence };
  }
  if (model.approval !== "Approved" || endpoint === null) {
    return { model, consequence: "No version is approved." };
  }
  const follows =
    `The endpoint "${endpoint.name}" goes on serving version ${endpoint.modelPackageArn.split("/").at(-1)}, also after pulumi up, until another one is ` +
    "approved; a new kind of endpoint cannot be made of it, and models trained meanwhile are compared with none. " +
    "Where streaming-ml:endpoint.withoutApprovedModel is remove, the next pulumi up deletes the endpoint instead.";
  if (!confirmed) {
    throw new Failure(
      `Version ${model.version} is the only approved model of stack "${stack}", so nothing was changed. When it is ` +
        `rejected: ${lowerFirst(follows)} Approve another version first (npm run ops -- approve VERSION -s ${stack}), ` +
        "or say --yes.",
    );
  }
  return { model, consequence: follows };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
