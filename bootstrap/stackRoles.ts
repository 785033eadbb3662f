import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../components/shared/iam";
import type { StackPlace } from "./permissions/arns";
import { policyParts } from "./permissions/documents";
import {
  approvalStatements,
  deployStatements,
  previewStatements,
  sparedKeyStatement,
} from "./rolePermissions";
import { readStateStatements, type StackState, writeStateStatements } from "./statePolicy";
import { trustEnvironment } from "./trust";

/** How long a deployment may take in the workflow, in seconds: `role-duration-seconds` of deploy.yml. */
export const DEPLOYMENT_SECONDS = 10_800;

export interface StackRolesArgs {
  readonly place: StackPlace;
  /** GitHub repository whose workflows take the roles. */
  readonly repository: string;
  /** ARN of GitHub's OIDC provider. */
  readonly providerArn: pulumi.Input<string>;
}

/** Where the state lies. */
export interface StateLocation {
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
}

/**
 * Roles of the workflows of one stack: to deploy, to preview, and to deploy what follows from the approval of a model.
 * Their names begin with `stack-`, as no role of a stack does, so none of them may change one of them.
 */
export class StackRoles extends pulumi.ComponentResource {
  public readonly deploy: aws.iam.Role;
  public readonly preview: aws.iam.Role;
  public readonly approval: aws.iam.Role;

  constructor(
    name: string,
    private readonly args: StackRolesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("streaming-ml:bootstrap:StackRoles", name, {}, opts);
    const { place } = args;
    const { stack } = place;
    this.deploy = this.role(name, "deploy", `Deploys the stack ${stack}`, stack);
    this.approval = this.role(
      name,
      "approval",
      `Deploys to the stack ${stack} what follows from the approval of a model`,
      stack,
    );
    this.preview = this.role(name, "preview", `Plans the stack ${stack}`, `${stack}-preview`);
    this.permit(name, "deploy", this.deploy, deployStatements(place));
    this.permit(name, "approval", this.approval, approvalStatements(place));
    this.permit(name, "preview", this.preview, previewStatements(place));
    this.registerOutputs({
      deployRoleArn: this.deploy.arn,
      previewRoleArn: this.preview.arn,
      approvalRoleArn: this.approval.arn,
    });
  }

  /** Opens the stack's own state to the roles. The key's policy names them itself, so they exist before it. */
  public openState(name: string, { bucketArn, keyArn }: StateLocation): void {
    const { project, stack } = this.args.place;
    const open = (
      what: string,
      role: aws.iam.Role,
      statements: (state: StackState) => PolicyStatement[],
      spared: boolean,
    ): void => {
      const policy = pulumi
        .all([bucketArn, keyArn])
        .apply(([bucket, key]) =>
          policyDocument([
            ...statements({ bucketArn: bucket, project, stack }),
            ...(spared ? [sparedKeyStatement(key)] : []),
          ]),
        );
      new aws.iam.RolePolicy(
        `${name}-${what}-state`,
        { role: role.name, policy },
        { parent: this },
      );
    };
    open("deploy", this.deploy, writeStateStatements, true);
    open("approval", this.approval, writeStateStatements, true);
    open("preview", this.preview, readStateStatements, false);
  }

  private role(
    name: string,
    what: "deploy" | "approval" | "preview",
    description: string,
    environment: string,
  ): aws.iam.Role {
    const { providerArn, repository } = this.args;
    return new aws.iam.Role(
      `${name}-${what}`,
      {
        description,
        assumeRolePolicy: trustEnvironment(providerArn, repository, environment),
        // Without it a session lasts an hour at most, and a workflow that asks for longer gets none.
        ...(what === "preview" ? {} : { maxSessionDuration: DEPLOYMENT_SECONDS }),
      },
      { parent: this },
    );
  }

  /** Managed policies, because a role's own ones hold together 10,240 characters only. */
  private permit(
    name: string,
    what: string,
    role: aws.iam.Role,
    statements: readonly PolicyStatement[],
  ): void {
    policyParts(statements).forEach(({ services, statements: own }, index) => {
      const part = `${name}-${what}-${index + 1}`;
      const policy = new aws.iam.Policy(
        part,
        { description: services.join(", "), policy: policyDocument(own) },
        { parent: this },
      );
      new aws.iam.RolePolicyAttachment(
        part,
        { role: role.name, policyArn: policy.arn },
        { parent: this },
      );
    });
  }
}
