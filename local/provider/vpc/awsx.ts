/** The stand-in for the `awsx` provider: its remote components, made of resources of the stand-in for `aws`. */
import * as pulumi from "@pulumi/pulumi";
import * as provider from "@pulumi/pulumi/provider";

import { locationOf } from "../location";
import { StandInVpc } from "./vpc";

class AwsxStandIn implements provider.Provider {
  constructor(readonly version: string) {}

  construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    if (type !== "awsx:ec2:Vpc") {
      throw new Error(
        `The offline provider does not have the component "${type}". ` +
          `Add it in local/provider/vpc, or use resources of the aws package.`,
      );
    }
    const region = new pulumi.Config("aws").get("region");
    const location = locationOf({ region }, process.env);
    const vpc = new StandInVpc(name, inputs, location.region, options);
    return Promise.resolve({ urn: vpc.urn, state: vpc.state });
  }

  invoke(token: string): Promise<provider.InvokeResult> {
    throw new Error(`The offline provider does not have the function "${token}".`);
  }
}

/** Serves the components; the SDK's server prints the port. */
export async function serveAwsx(version: string, args: string[]): Promise<void> {
  await provider.main(new AwsxStandIn(version), args);
}
