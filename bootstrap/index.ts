import * as aws from "@pulumi/aws";

import { deploymentTarget, providerAccountId } from "../components/shared/target";
import { loadBootstrapConfig } from "./config";
import { StackRoles } from "./stackRoles";
import { StateStore } from "./stateStore";
import { AUDIENCE, GITHUB } from "./trust";

/**
 * What a stack cannot make itself: where its state lies, and the roles of the workflows that deploy it. Deployed once per
 * account, by somebody who may do all of it: docs/first-deploy.md.
 */
export = async () => {
  const {
    region,
    repository,
    stacks,
    operators,
    oidcProviderArn,
    project,
    modelPackageGroupNames,
  } = loadBootstrapConfig();
  const target = deploymentTarget(region);
  const accountId = await providerAccountId();
  const { partition } = await aws.getPartition({});

  const providerArn =
    oidcProviderArn ??
    new aws.iam.OpenIdConnectProvider(
      "github",
      { url: `https://${GITHUB}`, clientIdLists: [AUDIENCE] },
      { protect: true },
    ).arn;
  const roles = stacks.map((stack) => ({
    stack,
    roles: new StackRoles(`stack-${stack}`, {
      place: {
        partition,
        region,
        accountId,
        project,
        stack,
        modelPackageGroupName: modelPackageGroupNames[stack],
      },
      repository,
      providerArn,
    }),
  }));

  const state = new StateStore("state", {
    target,
    writers: [
      ...operators,
      ...roles.flatMap(({ roles: own }) => [own.deploy.arn, own.approval.arn]),
    ],
    readers: roles.map(({ roles: own }) => own.preview.arn),
  });
  for (const { stack, roles: own } of roles) {
    own.openState(`stack-${stack}`, state);
  }

  return {
    backendUrl: state.bucketName.apply((name) => `s3://${name}?region=${region}`),
    secretsProvider: state.aliasName.apply((name) => `awskms://${name}?region=${region}`),
    roles: Object.fromEntries(
      roles.map(({ stack, roles: own }) => [
        stack,
        {
          deployRoleArn: own.deploy.arn,
          previewRoleArn: own.preview.arn,
          approvalRoleArn: own.approval.arn,
        },
      ]),
    ),
  };
};
