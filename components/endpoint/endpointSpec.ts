import type { DeploymentConfig } from "@aws-sdk/client-sagemaker";

import type { VerifiedState } from "../shared/verifiedDeployment";

/** The endpoint that is wanted, as plain values: these are the resource's inputs. */
export interface EndpointSpec {
  readonly region: string;
  readonly accountId: string;
  readonly endpointName: string;
  readonly endpointConfigName: string;
  /** Model of the configuration, so that it can be removed with it. */
  readonly modelName: string;
  /** Keep the number of instances that autoscaling has reached. Instances only. */
  readonly retainCapacity: boolean;
  /** Traffic shift and alarms of an update. Instances only. */
  readonly deploymentSettings?: DeploymentConfig;
  /** How many older configurations and models stay after a success. */
  readonly keepPrevious: number;
  /** How long an endpoint that is to be removed goes on serving whoever still asks it, in seconds. */
  readonly drainSeconds: number;
  /** Longest wait for SageMaker, in seconds. */
  readonly timeoutSeconds: number;
}

/** A configuration that served once, and its model. */
export interface Release {
  readonly endpointConfigName: string;
  readonly modelName: string;
}

/** What the resource remembers beside its inputs. */
export interface EndpointState extends EndpointSpec, VerifiedState {
  readonly arn: string;
  /** What has been served, newest first; the first is in use. */
  readonly releases: readonly Release[];
}
