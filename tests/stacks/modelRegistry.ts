import { createServer, type Server } from "node:http";

export const PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/models/3";

/** What the approved package was trained for. */
export interface TrainedModel {
  readonly workload: string;
  /** SHA-256 of its event contract. */
  readonly eventContract: string;
  /** File name and text of its prediction schema. */
  readonly schema: { readonly fileName: string; readonly text: string };
}

/** What there is of models in the mocks' account; the package is the same, approved or only served. */
export interface Registry {
  readonly approved?: TrainedModel;
  /** Once the package is no longer approved. */
  readonly serving?: { readonly endpointName: string; readonly model: TrainedModel };
}

/** Where the package's schema lies. */
export function schemaUri({ schema }: TrainedModel): string {
  return `s3://artifacts/schemas/${schema.fileName}`;
}

/** A model registry, endpoints and the bucket of the package's schema. */
export function modelRegistry(registry: () => Registry): Server {
  return createServer((request, response) => {
    const { approved, serving } = registry();
    const model = approved ?? serving?.model;
    const target = request.headers["x-amz-target"];
    if (target === undefined && request.method === "GET") {
      const isSchema = model && request.url?.split("?")[0] === schemaUri(model).replace("s3:/", "");
      response.writeHead(isSchema ? 200 : 404);
      response.end(isSchema ? model.schema.text : "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    if (target === undefined) {
      response.setHeader("content-type", "text/xml");
      response.end(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>" +
          "</GetCallerIdentityResult></GetCallerIdentityResponse>",
      );
      return;
    }
    const answers: Partial<Record<string, object>> = {
      ListModelPackages: {
        ModelPackageSummaryList: approved
          ? [{ ModelPackageArn: PACKAGE, ModelPackageVersion: 3, ModelApprovalStatus: "Approved" }]
          : [],
      },
      DescribeModelPackage: {
        ModelPackageArn: PACKAGE,
        ModelPackageVersion: 3,
        CustomerMetadataProperties: model && {
          "metric:macro_f1": "0.75",
          workload: model.workload,
          contract: model.eventContract,
          predictionSchema: schemaUri(model),
        },
      },
      ListEndpoints: {
        Endpoints: serving
          ? [{ EndpointName: serving.endpointName, EndpointStatus: "InService" }]
          : [],
      },
      DescribeEndpoint: { EndpointConfigName: "served" },
      DescribeEndpointConfig: { ProductionVariants: [{ ModelName: "served" }] },
      DescribeModel: { PrimaryContainer: { ModelPackageName: PACKAGE } },
      ListClusters: { Clusters: [] },
    };
    const body = answers[String(target).split(".")[1]] ?? {};
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(body));
  });
}
