import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { BucketAccess } from "../shared/bucketAccess";
import { type NamedRole, policyDocument } from "../shared/iam";
import { completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import { accessConfigSchema, type AccessSettings, OWN_ACCOUNT } from "./config";
import { onCallStatements } from "./onCallPolicy";

type Grant = (name: string, role: NamedRole) => unknown;

/** Grants on the data stream; an `EventStream` implements it. */
export interface StreamGrants {
  readonly grantProduce: Grant;
}

/** Grants on the lake; a `DataLake` implements it. */
export interface LakeGrants {
  readonly grantReadEvents: Grant;
  readonly grantReadQuarantine: Grant;
  readonly grantReadReasons: Grant;
  readonly queries: { readonly grantQuery: Grant };
  readonly quarantineQueries: { readonly grantQuery: Grant };
  readonly artifactBucket: Pick<BucketAccess, "grantRead">;
}

export interface AccessRolesArgs extends AccessSettings {
  readonly target: DeploymentTarget;
  readonly stream: StreamGrants;
  readonly lake: LakeGrants;
  /** Resources that a person on call inspects. */
  readonly watched: {
    readonly clusterId: pulumi.Input<string>;
    readonly pipelineName: pulumi.Input<string>;
    readonly modelPackageGroupName: pulumi.Input<string>;
    /** Absent until a model is approved. */
    readonly endpointName?: pulumi.Input<string>;
    readonly alarmArns: readonly pulumi.Input<string>[];
    readonly dashboardName: pulumi.Input<string>;
    readonly deadLetterQueueNames: readonly pulumi.Input<string>[];
  };
  /** Prefixes of the artifact bucket that the cluster writes: the job's lock next to its checkpoints, and logs. */
  readonly clusterPrefixes: readonly string[];
}

type RoleOutput = `${"producer" | "lakeReader" | "quarantineReader" | "onCall"}RoleArn`;

/**
 * Roles for people and programs outside this stack: a producer, a reader of the lake, a reader of the quarantine, a
 * person on call. A role is created only if the stack file lists principals for it; they may be in other accounts.
 */
export class AccessRoles extends pulumi.ComponentResource {
  /** ARNs of the roles that were created, by the names of the stack outputs. */
  public readonly roleArns: Readonly<Partial<Record<RoleOutput, pulumi.Output<string>>>>;

  constructor(name: string, given: AccessRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "AccessRoles",
      name,
      accessConfigSchema,
      given,
      "target",
      "stream",
      "lake",
      "watched",
      "clusterPrefixes",
    );
    super("streaming-ml:access:AccessRoles", name, {}, opts);
    const { stream, lake } = args;
    const roleFor = (
      who: string,
      description: string,
      principals: readonly string[],
      grant: (role: aws.iam.Role) => void,
    ) => {
      if (principals.length === 0) {
        return undefined;
      }
      const assumeRolePolicy = trust(args.target, principals);
      const role = new aws.iam.Role(
        `${name}-${who}`,
        { description, assumeRolePolicy },
        { parent: this },
      );
      grant(role);
      return role;
    };

    const producer = roleFor(
      "producer",
      "Puts events on the data stream",
      args.producers,
      (role) => {
        stream.grantProduce("producer", role);
      },
    );
    const lakeReader = roleFor(
      "lake-reader",
      "Reads valid events and their history",
      args.lakeReaders,
      (role) => {
        lake.grantReadEvents("lake-reader", role);
        lake.queries.grantQuery("lake-reader", role);
      },
    );
    const quarantineReader = roleFor(
      "quarantine-reader",
      "Reads refused records and decrypts them",
      args.quarantineReaders,
      (role) => {
        lake.grantReadQuarantine("quarantine-reader", role);
        lake.quarantineQueries.grantQuery("quarantine-reader", role);
      },
    );
    const onCall = roleFor(
      "on-call",
      "Looks at the whole chain, trains again, rejects a model",
      args.onCall,
      (role) => grantOnCall(name, role, args, this),
    );
    this.roleArns = {
      producerRoleArn: producer?.arn,
      lakeReaderRoleArn: lakeReader?.arn,
      quarantineReaderRoleArn: quarantineReader?.arn,
      onCallRoleArn: onCall?.arn,
    };
    this.registerOutputs({ ...this.roleArns });
  }
}

function grantOnCall(
  name: string,
  role: aws.iam.Role,
  { target, lake, watched, clusterPrefixes }: AccessRolesArgs,
  parent: pulumi.ComponentResource,
): void {
  for (const prefix of clusterPrefixes) {
    lake.artifactBucket.grantRead(`on-call-${prefix}`, role, prefix);
  }
  // Why, when and where in the stream records were refused. Without the key the records stay encrypted.
  lake.grantReadReasons("on-call", role);
  lake.quarantineQueries.grantQuery("on-call", role);
  const statements = pulumi
    .output({
      partition: target.partition,
      region: target.region,
      accountId: target.accountId,
      ...watched,
    })
    .apply((known) => onCallStatements(known));
  new aws.iam.RolePolicy(
    `${name}-on-call-look`,
    { role: role.name, policy: statements.apply((known) => policyDocument(known)) },
    { parent },
  );
}

/** Trust policy for IAM principals. An account's own policies decide which of its principals may assume the role. */
function trust(target: DeploymentTarget, principals: readonly string[]): pulumi.Output<string> {
  const own = pulumi.interpolate`arn:${target.partition}:iam::${target.accountId}:root`;
  return policyDocument([
    {
      Sid: "TakeRole",
      Principal: { AWS: principals.map((one) => (one === OWN_ACCOUNT ? own : one)) },
      Action: "sts:AssumeRole",
    },
  ]);
}
