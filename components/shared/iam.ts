import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type OneOrMany = pulumi.Input<string> | pulumi.Input<string>[];

/** One statement of an IAM or resource policy, with IAM's own keys. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect?: "Allow" | "Deny";
  readonly Principal?: "*" | Record<string, OneOrMany>;
  readonly Action: string | string[];
  readonly Resource?: OneOrMany;
  readonly Condition?: Record<string, Record<string, OneOrMany>>;
}

/** A policy document as JSON text. `Effect` is Allow unless a statement says otherwise. */
export function policyDocument(statements: readonly PolicyStatement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/**
 * Trust policy that lets one AWS service assume a role; with an account, on behalf of that account only (the condition
 * prevents the confused deputy problem).
 *
 * @param accountId leave it out for a service that sends no aws:SourceAccount: the condition would never be true, and
 * the service could never assume the role. A table lists what each service sends: docs/aws-rules.md
 */
export function serviceTrust(
  service: string,
  accountId?: pulumi.Input<string>,
): pulumi.Output<string> {
  return policyDocument([
    {
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      ...(accountId === undefined
        ? {}
        : { Condition: { StringEquals: { "aws:SourceAccount": accountId } } }),
    },
  ]);
}

/** A role by its name, whoever created it. */
export interface NamedRole {
  readonly name: pulumi.Input<string>;
}

/** Gives a role permissions on resources of `owner`; the policy is a child of the owner, not of the role. */
export function grant(
  owner: pulumi.ComponentResource,
  name: string,
  role: NamedRole,
  statements: readonly PolicyStatement[],
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    name,
    { role: role.name, policy: policyDocument(statements) },
    { parent: owner },
  );
}
