import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";

import { Failure } from "./failure";

/** One version of the model package group. */
export interface RegisteredModel {
  readonly version: number;
  readonly arn: string;
  /** Approved, Rejected or PendingManualApproval. */
  readonly approval: string;
  readonly createdAt?: Date;
  /** Text metadata the pipeline wrote: `metric:<name>` for each figure of the workload, `margin` and others. */
  readonly metadata: Readonly<Record<string, string>>;
}

type Client = Pick<SageMakerClient, "send">;

/** The newest versions of a group, newest first. */
export async function listModels(
  client: Client,
  groupName: string,
  most: number,
): Promise<RegisteredModel[]> {
  const page = await client.send(
    new ListModelPackagesCommand({
      ModelPackageGroupName: groupName,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: most,
    }),
  );
  return Promise.all(
    (page.ModelPackageSummaryList ?? []).map(async (summary) => {
      const { CustomerMetadataProperties: metadata } = await client.send(
        new DescribeModelPackageCommand({ ModelPackageName: summary.ModelPackageArn }),
      );
      return {
        version: summary.ModelPackageVersion ?? 0,
        arn: summary.ModelPackageArn ?? "",
        approval: summary.ModelApprovalStatus ?? "unknown",
        createdAt: summary.CreationTime,
        metadata: metadata ?? {},
      };
    }),
  );
}

/** How many versions `approve` and `reject` look back. */
export const LOOK_BACK = 100;

/**
 * The version a person means.
 *
 * @param wanted a version number, or `latest`: the newest one that `isCandidate` accepts
 * @throws Failure when there is none
 */
export async function chooseModel(
  client: Client,
  groupName: string,
  wanted: string,
  isCandidate: (model: RegisteredModel) => boolean,
): Promise<RegisteredModel> {
  const models = await listModels(client, groupName, LOOK_BACK);
  const version = Number(wanted);
  const chosen =
    wanted === "latest"
      ? models.find(isCandidate)
      : models.find((model) => model.version === version);
  if (chosen === undefined) {
    const known = models.map((model) => `${model.version} (${model.approval})`).join(", ");
    throw new Failure(
      `The model package group "${groupName}" has no ${wanted === "latest" ? "such version" : `version ${wanted}`}. ` +
        `It has: ${known || "none; train one first"}.`,
    );
  }
  return chosen;
}

/** Sets a version's approval; `pulumi up` and the evaluation go by it. */
export async function setApproval(
  client: Client,
  model: RegisteredModel,
  approval: "Approved" | "Rejected",
): Promise<void> {
  await client.send(
    new UpdateModelPackageCommand({ ModelPackageArn: model.arn, ModelApprovalStatus: approval }),
  );
}
