import { createServer, type Server } from "node:http";

export const PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/models/3";

/** A model registry with one approved package, or with none, in the mocks' account. */
export function modelRegistry(approved: () => boolean): Server {
  return createServer((request, response) => {
    if (request.headers["x-amz-target"] === undefined) {
      response.setHeader("content-type", "text/xml");
      response.end(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>" +
          "</GetCallerIdentityResult></GetCallerIdentityResponse>",
      );
      return;
    }
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    const list = approved()
      ? [{ ModelPackageArn: PACKAGE, ModelPackageVersion: 3, ModelApprovalStatus: "Approved" }]
      : [];
    const body =
      operation === "ListModelPackages"
        ? { ModelPackageSummaryList: list }
        : {
            ModelPackageArn: PACKAGE,
            ModelPackageVersion: 3,
            CustomerMetadataProperties: { macroF1: "0.75" },
          };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(body));
  });
}
