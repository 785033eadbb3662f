/** Actions, and why they are there or not. */
export interface Reasoned {
  readonly reason: string;
  /** Actions by name, for example `kinesis:CreateStream`; in what is left out also `service:*`. */
  readonly actions: readonly string[];
}

/** What making, reading, changing and deleting resources of a type takes. */
export interface PermissionRow {
  /** Type whose handlers CloudFormation documents permissions for. Absent: it has none. */
  readonly cloudFormation?: string;
  /** What the provider calls beside them. */
  readonly also?: readonly Reasoned[];
  /** What CloudFormation's handlers may do that no stack asks for. */
  readonly not?: readonly Reasoned[];
}

/** Rows by Pulumi type token. */
export type PermissionTable = Readonly<Record<string, PermissionRow>>;

export function because(reason: string, ...actions: string[]): Reasoned {
  return { reason, actions };
}

/** Why a row of the provider's own calls exists. */
export const PROVIDER = "the provider's create, read, update and delete (terraform-provider-aws)";
