import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  type ModelPackageSummary,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { STSClient } from "@aws-sdk/client-sts";
import * as pulumi from "@pulumi/pulumi";

import { accountProblem, unlessNotFound } from "../shared/awsAnswers";
import { readableError } from "../shared/errors";
import { type PackageMetadata, readPackageMetadata } from "./packageMetadata";
import { findServingModel } from "./servingModel";

/** A registered model that may be deployed. */
export interface ApprovedModel extends PackageMetadata {
  readonly modelPackageArn: string;
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt?: string;
}

export interface ApprovedModelQuery {
  readonly region: string;
  /** Account the stack is deployed to. In any other one a missing group would read as "no model yet". */
  readonly accountId: string;
  readonly groupName: string;
  /** This version instead of the newest. SageMaker deploys approved packages only. */
  readonly pinnedVersion?: number;
  /**
   * Where no package is approved any more, keep the model that an endpoint of this base name serves. Absent: nothing
   * is served then.
   */
  readonly keepServing?: string;
}

/** Clients of the look-up; replaced in tests. */
export interface RegistryClients {
  readonly sagemaker: Pick<SageMakerClient, "send">;
  readonly sts: Pick<STSClient, "send">;
}

/**
 * The model to serve: the newest approved package of the group, or the pinned one; where none is left, the model
 * that an endpoint serves, with a warning.
 *
 * @returns undefined before a model is approved, also when the group does not exist yet
 * @throws pulumi.RunError when the credentials are another account's, or a version is pinned that is not there or
 * not approved
 */
export async function findApprovedModel(
  query: ApprovedModelQuery,
  clients: RegistryClients = {
    sagemaker: new SageMakerClient({ region: query.region }),
    sts: new STSClient({ region: query.region }),
  },
): Promise<ApprovedModel | undefined> {
  const client = clients.sagemaker;
  const what = `The model package group "${query.groupName}"`;
  const problem = await accountProblem(what, query, clients.sts);
  if (problem !== undefined) {
    throw readableError(problem);
  }
  const found = (await findPackage(query, client)) ?? (await keptPackage(query, client));
  if (found?.ModelPackageArn === undefined) {
    if (query.pinnedVersion === undefined) {
      return undefined;
    }
    throw readableError(
      `streaming-ml:endpoint.pinnedModelVersion is ${query.pinnedVersion}, but the model package group ` +
        `"${query.groupName}" has no approved package of this version. Approve it ` +
        `(npm run ops -- approve ${query.pinnedVersion}), pin another one or remove the setting.`,
    );
  }
  const description = await client.send(
    new DescribeModelPackageCommand({ ModelPackageName: found.ModelPackageArn }),
  );
  return {
    modelPackageArn: found.ModelPackageArn,
    version: found.ModelPackageVersion ?? 0,
    createdAt: description.CreationTime?.toISOString(),
    ...readPackageMetadata(description.CustomerMetadataProperties ?? {}),
  };
}

/** The model that is served although none is approved: a rejection does not delete an endpoint. */
async function keptPackage(
  { groupName, pinnedVersion, keepServing }: ApprovedModelQuery,
  client: Pick<SageMakerClient, "send">,
): Promise<ModelPackageSummary | undefined> {
  if (pinnedVersion !== undefined || keepServing === undefined) {
    return undefined;
  }
  const serving = await findServingModel(client, keepServing);
  if (serving !== undefined) {
    await pulumi.log.warn(
      `No package of the model package group "${groupName}" is approved. The endpoint "${serving.endpointName}" goes on ` +
        `serving version ${serving.package.ModelPackageVersion} until another one is approved. To delete the endpoint, set ` +
        "streaming-ml:endpoint.withoutApprovedModel to remove.",
    );
  }
  return serving?.package;
}

async function findPackage(
  { groupName, pinnedVersion }: ApprovedModelQuery,
  client: Pick<SageMakerClient, "send">,
): Promise<ModelPackageSummary | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await unlessNotFound(
      client.send(
        new ListModelPackagesCommand({
          ModelPackageGroupName: groupName,
          ModelApprovalStatus: "Approved",
          SortBy: "CreationTime",
          SortOrder: "Descending",
          NextToken: nextToken,
        }),
      ),
    );
    const wanted = page?.ModelPackageSummaryList?.find(
      ({ ModelPackageVersion: version }) =>
        pinnedVersion === undefined || version === pinnedVersion,
    );
    if (wanted !== undefined) {
      return wanted;
    }
    nextToken = page?.NextToken;
  } while (nextToken !== undefined);
  return undefined;
}
