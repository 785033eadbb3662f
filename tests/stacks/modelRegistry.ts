import { createServer, type Server } from "node:http";

export const PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/models/3";

/** What the registered package was trained for. */
export interface TrainedModel {
  readonly workload: string;
  /** SHA-256 of its event contract. */
  readonly eventContract: string;
  /** File name and text of its prediction schema. */
  readonly schema: { readonly fileName: string; readonly text: string };
}

/** What the registry and what serves say at the moment. */
export interface RegistryState {
  readonly model: TrainedModel;
  readonly isApproved: boolean;
  /** An endpoint that serves the package, once it is no longer approved. */
  readonly endpointName?: string;
}

/** Where the package's schema lies. */
export function schemaUri({ schema }: TrainedModel): string {
  return `s3://artifacts/schemas/${schema.fileName}`;
}

/** A model registry with one approved package, or with none, in the mocks' account, and the bucket of its schema. */
export function modelRegistry(state: () => RegistryState): Server {
  return createServer((request, response) => {
    const { model, isApproved, endpointName } = state();
    const target = request.headers["x-amz-target"];
    if (target === undefined && request.method === "GET") {
      const isSchema = request.url?.split("?")[0] === schemaUri(model).replace("s3:/", "");
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
    const operation = String(target).split(".")[1];
    const list = isApproved
      ? [{ ModelPackageArn: PACKAGE, ModelPackageVersion: 3, ModelApprovalStatus: "Approved" }]
      : [];
    const answers: Partial<Record<string, object>> = {
      ListModelPackages: { ModelPackageSummaryList: list },
      ListEndpoints: {
        Endpoints:
          endpointName === undefined
            ? []
            : [{ EndpointName: endpointName, EndpointStatus: "InService" }],
      },
      DescribeEndpoint: { EndpointConfigName: "served" },
      DescribeEndpointConfig: { ProductionVariants: [{ ModelName: "served" }] },
      DescribeModel: { PrimaryContainer: { ModelPackageName: PACKAGE } },
    };
    const body = answers[operation] ?? {
      ModelPackageArn: PACKAGE,
      ModelPackageVersion: 3,
      CustomerMetadataProperties: {
        "metric:macro_f1": "0.75",
        workload: model.workload,
        contract: model.eventContract,
        predictionSchema: schemaUri(model),
      },
    };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(body));
  });
}
