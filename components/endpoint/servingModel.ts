import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  type ModelPackageSummary,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

import { isEndpointOf } from "./endpointKind";

/** An endpoint of this stack, and the registered model that it serves. */
export interface ServingModel {
  readonly endpointName: string;
  readonly package: ModelPackageSummary;
}

/**
 * The package that an endpoint of the stack serves right now, whatever its approval status is by now.
 *
 * @param baseName beginning of the names of the stack's endpoints
 * @returns undefined where none serves
 */
export async function findServingModel(
  client: Pick<SageMakerClient, "send">,
  baseName: string,
): Promise<ServingModel | undefined> {
  const { Endpoints: endpoints = [] } = await client.send(
    new ListEndpointsCommand({
      NameContains: baseName,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: 100,
    }),
  );
  const endpoint = endpoints.find(
    ({ EndpointName: name, EndpointStatus: status }) =>
      isEndpointOf(name ?? "", baseName) && status !== "Deleting" && status !== "Failed",
  );
  if (endpoint?.EndpointName === undefined) {
    return undefined;
  }
  const { EndpointName: endpointName } = endpoint;
  const { EndpointConfigName: configuration } = await client.send(
    new DescribeEndpointCommand({ EndpointName: endpointName }),
  );
  const { ProductionVariants: [variant] = [] } = await client.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: configuration }),
  );
  const { PrimaryContainer: container } = await client.send(
    new DescribeModelCommand({ ModelName: variant?.ModelName }),
  );
  const arn = container?.ModelPackageName;
  return arn === undefined
    ? undefined
    : {
        endpointName,
        package: {
          ModelPackageArn: arn,
          ModelPackageVersion: versionOf(arn),
        } as ModelPackageSummary,
      };
}

function versionOf(modelPackageArn: string): number {
  return Number(modelPackageArn.split("/").at(-1));
}
