import type { PolicyStatement } from "../components/shared/iam";

/** The state of one stack in the bucket of all. */
export interface StackState {
  readonly bucketArn: string;
  readonly project: string;
  readonly stack: string;
}

/** Which stacks there are, and which layout the bucket has: everybody who uses Pulumi reads it. */
function layoutStatements({ bucketArn }: StackState): PolicyStatement[] {
  return [
    {
      Sid: "ListState",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: bucketArn,
    },
    { Sid: "ReadLayout", Action: "s3:GetObject", Resource: `${bucketArn}/.pulumi/meta.yaml` },
  ];
}

/** Keys of what Pulumi keeps of a stack (pkg/backend/diy: stacks, history, backups, locks). */
function stateObjects({ bucketArn, project, stack }: StackState): string[] {
  return [
    `stacks/${project}/${stack}.json*`,
    `history/${project}/${stack}/*`,
    `backups/${project}/${stack}/*`,
    `locks/organization/${project}/${stack}/*`,
  ].map((key) => `${bucketArn}/.pulumi/${key}`);
}

/** A preview reads a stack's state, takes no lock and writes nothing. */
export function readStateStatements(state: StackState): PolicyStatement[] {
  return [
    ...layoutStatements(state),
    { Sid: "ReadState", Action: "s3:GetObject", Resource: stateObjects(state) },
  ];
}

/** A deployment locks, reads and writes the state of its own stack. */
export function writeStateStatements(state: StackState): PolicyStatement[] {
  return [
    ...layoutStatements(state),
    // The first deployment of all writes which layout the bucket has.
    {
      Sid: "WriteLayout",
      Action: "s3:PutObject",
      Resource: `${state.bucketArn}/.pulumi/meta.yaml`,
    },
    {
      Sid: "WriteState",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: stateObjects(state),
    },
  ];
}
