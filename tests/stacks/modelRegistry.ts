import { createServer, type Server } from "node:http";

export const PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/models/3";

/**
 * A model registry with one approved package, or with none, in the mocks' account.
 *
 * @param endpointName of an endpoint that serves the package, once it is no longer approved
 */
export function modelRegistry(
  approved: () => boolean,
  endpointName: () => string | undefined = () => undefined,
): Server {
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
    const name = endpointName();
    const answers: Partial<Record<string, object>> = {
      ListModelPackages: { ModelPackageSummaryList: list },
      ListEndpoints: {
        Endpoints: name === undefined ? [] : [{ EndpointName: name, EndpointStatus: "InService" }],
      },
      DescribeEndpoint: { EndpointConfigName: "served" },
      DescribeEndpointConfig: { ProductionVariants: [{ ModelName: "served" }] },
      DescribeModel: { PrimaryContainer: { ModelPackageName: PACKAGE } },
    };
    const body = answers[operation] ?? {
      ModelPackageArn: PACKAGE,
      ModelPackageVersion: 3,
      CustomerMetadataProperties: { macroF1: "0.75" },
    };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(body));
  });
}
