import * as pulumi from "@pulumi/pulumi";

import { policyDocument } from "../components/shared/iam";

/** Who gives GitHub's workflows their tokens. */
export const GITHUB = "token.actions.githubusercontent.com";

/** Whom AWS's action for credentials asks a token for. */
export const AUDIENCE = "sts.amazonaws.com";

/**
 * Trust in jobs of one repository that run in one environment of GitHub. What may run there, the environment's own rules
 * say: branches, reviewers.
 *
 * @param providerArn of GitHub's OIDC provider in this account
 */
export function trustEnvironment(
  providerArn: pulumi.Input<string>,
  repository: string,
  environment: string,
): pulumi.Output<string> {
  return policyDocument([
    {
      Sid: "TakeRole",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: AUDIENCE,
          [`${GITHUB}:sub`]: `repo:${repository}:environment:${environment}`,
        },
      },
    },
  ]);
}
