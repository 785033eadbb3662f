import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
} from "@aws-sdk/client-sagemaker";

import type { Check, DeployedStack } from "./check";
import { judgeEndpoint, NO_ENDPOINT } from "./endpointVerdict";

export const endpointCheck: Check<DeployedStack> = {
  id: "endpoint",
  title: "an endpoint serves what was registered",
  async run({ outputs: { endpoint }, clients: { sagemaker } }) {
    if (endpoint === null) {
      return NO_ENDPOINT;
    }
    const live = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpoint.name }));
    const { ProductionVariants: [variant] = [] } = await sagemaker.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: live.EndpointConfigName }),
    );
    const model = await sagemaker.send(new DescribeModelCommand({ ModelName: variant?.ModelName }));
    return judgeEndpoint(
      {
        name: endpoint.name,
        status: live.EndpointStatus ?? "unknown",
        reason: live.FailureReason,
        modelPackageArn:
          model.PrimaryContainer?.ModelPackageName ?? model.Containers?.[0]?.ModelPackageName,
      },
      endpoint.modelPackageArn,
    );
  },
};
