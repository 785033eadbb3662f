import { failed, notApplicable, ok, type Verdict } from "./verdict";

/** What SageMaker says of an endpoint. */
export interface EndpointAnswer {
  readonly name: string;
  readonly status: string;
  /** Why its last update failed or was rolled back. */
  readonly reason?: string;
  /** ARN of the package that it serves. */
  readonly modelPackageArn?: string;
}

/** Nothing is deployed to serve. */
export const NO_ENDPOINT = notApplicable(
  "No model serves yet: approve one (npm run ops -- approve --deploy -s STACK).",
);

/** An endpoint serves what was registered. @param deployed package that the stack's outputs name */
export function judgeEndpoint(endpoint: EndpointAnswer, deployed: string): Verdict {
  const { name, status, reason, modelPackageArn } = endpoint;
  if (status !== "InService") {
    return failed(
      `Endpoint ${name} is ${status}${reason === undefined ? "" : `: ${reason}`}.`,
      "SageMaker's reason names the cause; then run pulumi up.",
    );
  }
  if (modelPackageArn !== deployed) {
    return failed(
      `Endpoint ${name} serves ${modelPackageArn ?? "no registered package"}, not ${deployed}.`,
      "An update was rolled back or is not deployed: run pulumi up, whose error says which.",
    );
  }
  return reason === undefined
    ? ok(`Endpoint ${name} is InService and serves ${deployed}.`)
    : failed(
        `Endpoint ${name} serves, but its last update failed: ${reason}.`,
        "Follow docs/runbooks/endpoint-rollback.md.",
      );
}
