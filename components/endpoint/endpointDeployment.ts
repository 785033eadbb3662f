import * as pulumi from "@pulumi/pulumi";

import { EndpointProvider } from "./endpointProvider";
import type { EndpointSpec } from "./endpointSpec";

/** Raised when the provider's code changes, because Pulumi keeps running the one it stored until then. */
const PROVIDER_REVISION = 3;

/** One for all resources: Pulumi serializes an instance once, which takes longer than planning the rest of a stack. */
const provider = new EndpointProvider();

export type EndpointDeploymentArgs = {
  readonly [K in keyof EndpointSpec]: pulumi.Input<EndpointSpec[K]>;
};

/**
 * A SageMaker endpoint whose deployment succeeds only if the wanted configuration is in service.
 * The classic resource also succeeds when SageMaker has rolled back.
 */
export class EndpointDeployment extends pulumi.dynamic.Resource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly endpointName: pulumi.Output<string>;

  constructor(name: string, args: EndpointDeploymentArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      {
        ...args,
        revision: PROVIDER_REVISION,
        arn: undefined,
        releases: undefined,
        verified: undefined,
      },
      opts,
      "endpoint",
      "EndpointDeployment",
    );
  }
}
