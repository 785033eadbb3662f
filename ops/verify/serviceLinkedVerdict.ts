import { failed, ok, type Verdict } from "./verdict";

/** A service-linked role. */
export interface ServiceLinkedRole {
  readonly name: string;
  /** For `aws iam create-service-linked-role --aws-service-name`. */
  readonly service: string;
  /** Whether no service creates it in time. */
  readonly byHand: boolean;
}

/** The roles that a stack uses. @param spot whether it has spot nodes */
export function serviceLinkedRoles(spot: boolean): ServiceLinkedRole[] {
  const itself = (name: string, service: string) => ({ name, service, byHand: false });
  return [
    itself("AWSServiceRoleForEMRCleanup", "elasticmapreduce.amazonaws.com"),
    itself("AWSServiceRoleForAPIGateway", "ops.apigateway.amazonaws.com"),
    itself(
      "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint",
      "sagemaker.application-autoscaling.amazonaws.com",
    ),
    // Its key is lent to this role before the first spot node starts, and EMR may not make it.
    ...(spot
      ? [{ name: "AWSServiceRoleForEC2Spot", service: "spot.amazonaws.com", byHand: true }]
      : []),
  ];
}

/** What has to be there is there. @param missing roles that the account does not have */
export function judgeServiceLinked(
  roles: readonly ServiceLinkedRole[],
  missing: readonly ServiceLinkedRole[],
): Verdict {
  const needed = missing.filter(({ byHand }) => byHand);
  if (needed.length > 0) {
    return failed(
      `The account has no ${needed.map(({ name }) => name).join(", ")}, which no service creates in time.`,
      needed
        .map(({ service }) => `aws iam create-service-linked-role --aws-service-name ${service}`)
        .join("; "),
    );
  }
  const later = missing.map(({ name }) => name).join(", ");
  return ok(
    `${roles.length - missing.length} of ${roles.length} are there` +
      (later === "" ? "." : `; ${later} comes with the first resource that needs it.`),
  );
}
