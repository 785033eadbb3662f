import type * as sagemaker from "@aws-sdk/client-sagemaker";

import type { SageMakerConnection } from "../shared/sageMakerConnection";
import { LONGEST_WAIT_MS, nextWaitMs, readableStatus } from "./rolloutStatus";

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
  readonly deploymentSettings?: sagemaker.DeploymentConfig;
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

/** How to reach SageMaker; replaced in tests. */
export interface Connection extends SageMakerConnection {
  /** Shows a line of progress. */
  readonly log: (line: string) => void;
}

type Endpoint = sagemaker.DescribeEndpointCommandOutput;

/**
 * Brings the endpoint to the wanted configuration and returns its ARN. An endpoint that somebody, or
 * an earlier `pulumi up` that was killed, is changing right now is waited for first.
 *
 * Plain errors only: a subclass of Error loses its message when Pulumi stores the provider's code.
 *
 * @throws Error when SageMaker ends anywhere else, with its reason
 */
export async function rollOut(connection: Connection, spec: EndpointSpec): Promise<string> {
  const { client, sdk, log } = connection;
  let endpoint = await settled(connection, spec);
  if (endpoint?.EndpointStatus === "Failed") {
    // A failed endpoint can neither serve nor be updated; SageMaker only lets it be deleted.
    log(
      `endpoint ${spec.endpointName}: Failed (${endpoint.FailureReason ?? "no reason"}), removing it`,
    );
    await removeEndpoint(connection, spec);
    endpoint = undefined;
  }
  if (endpoint === undefined) {
    log(`endpoint ${spec.endpointName}: creating it with ${spec.endpointConfigName}`);
    await client.send(
      new sdk.CreateEndpointCommand({
        EndpointName: spec.endpointName,
        EndpointConfigName: spec.endpointConfigName,
        ...(spec.deploymentSettings === undefined
          ? {}
          : { DeploymentConfig: spec.deploymentSettings }),
      }),
    );
  } else if (endpoint.EndpointConfigName !== spec.endpointConfigName) {
    log(
      `endpoint ${spec.endpointName}: from ${endpoint.EndpointConfigName} to ${spec.endpointConfigName}`,
    );
    await client.send(
      new sdk.UpdateEndpointCommand({
        EndpointName: spec.endpointName,
        EndpointConfigName: spec.endpointConfigName,
        ...(spec.retainCapacity ? { RetainAllVariantProperties: true } : {}),
        ...(spec.deploymentSettings === undefined
          ? {}
          : { DeploymentConfig: spec.deploymentSettings }),
      }),
    );
  }
  return verified(await settled(connection, spec), spec);
}

/**
 * Deletes the endpoint and waits until it is gone. A missing one is fine.
 *
 * @param drainSeconds how long an endpoint in service still answers before that
 */
export async function removeEndpoint(
  connection: Connection,
  spec: EndpointSpec,
  drainSeconds = 0,
): Promise<void> {
  const { client, sdk, log, sleep } = connection;
  const endpoint = await settled(connection, spec);
  if (endpoint === undefined) {
    return;
  }
  if (drainSeconds > 0 && endpoint.EndpointStatus === "InService") {
    log(`endpoint ${spec.endpointName}: goes in ${drainSeconds} s, when nobody asks it any more`);
    await sleep(drainSeconds * 1000);
  }
  await client.send(new sdk.DeleteEndpointCommand({ EndpointName: spec.endpointName }));
  await settled(connection, spec);
}

/** The endpoint as it is, or undefined when there is none of this name. */
export async function describeEndpoint(
  { client, sdk }: Pick<Connection, "client" | "sdk">,
  endpointName: string,
): Promise<Endpoint | undefined> {
  try {
    return await client.send(new sdk.DescribeEndpointCommand({ EndpointName: endpointName }));
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Deletes configurations and models that are older than the last `keepPrevious`, and returns what is
 * left, newest first. What cannot be deleted now stays in the list for the next time.
 */
export async function prune(
  connection: Connection,
  releases: readonly Release[],
  keep: number,
): Promise<Release[]> {
  const { client, sdk, log } = connection;
  const kept = releases.slice(0, keep);
  for (const release of releases.slice(keep)) {
    try {
      await ignoreMissing(
        client.send(
          new sdk.DeleteEndpointConfigCommand({ EndpointConfigName: release.endpointConfigName }),
        ),
      );
      if (!kept.some(({ modelName }) => modelName === release.modelName)) {
        await ignoreMissing(
          client.send(new sdk.DeleteModelCommand({ ModelName: release.modelName })),
        );
      }
      log(`removed the old configuration ${release.endpointConfigName}`);
    } catch (error) {
      log(`could not remove ${release.endpointConfigName}: ${(error as Error).message}`);
      kept.push(release);
    }
  }
  return kept;
}

/** Waits until SageMaker is done with the endpoint, with a line per change of status. */
async function settled(
  { client, sdk, sleep, now, log }: Connection,
  spec: EndpointSpec,
): Promise<Endpoint | undefined> {
  const begin = now();
  let shown: string | undefined;
  let wait = 0;
  for (;;) {
    const endpoint = await describeEndpoint({ client, sdk }, spec.endpointName);
    const status = endpoint?.EndpointStatus;
    const seconds = Math.round((now() - begin) / 1000);
    if (status === undefined || !readableStatus(status).changing) {
      return endpoint;
    }
    if (status !== shown || wait >= LONGEST_WAIT_MS) {
      log(`endpoint ${spec.endpointName}: ${status} (${seconds} s)`);
      shown = status;
    }
    if (seconds >= spec.timeoutSeconds) {
      throw new Error(
        `The endpoint "${spec.endpointName}" is still ${status} after ${seconds} seconds. SageMaker goes on; ` +
          "run pulumi up again to wait for it.",
      );
    }
    wait = nextWaitMs(wait);
    await sleep(wait);
  }
}

/** Only the wanted configuration in service is a success; a rollback ends in service as well. */
function verified(endpoint: Endpoint | undefined, spec: EndpointSpec): string {
  const wanted = `"${spec.endpointConfigName}"`;
  const name = `"${spec.endpointName}"`;
  if (endpoint?.EndpointArn === undefined) {
    throw new Error(
      `The endpoint ${name} vanished while it was deployed. Somebody deleted it; run pulumi up again.`,
    );
  }
  const reason =
    endpoint.FailureReason ??
    `SageMaker gave no reason: see the log group /aws/sagemaker/Endpoints/${spec.endpointName} and the rollback alarms`;
  if (endpoint.EndpointStatus !== "InService") {
    throw new Error(
      `The endpoint ${name} is ${endpoint.EndpointStatus} with configuration ${wanted}. Reason: ${reason}. ` +
        readableStatus(endpoint.EndpointStatus ?? "").wayOut,
    );
  }
  if (endpoint.EndpointConfigName !== spec.endpointConfigName) {
    throw new Error(
      `The endpoint ${name} did not take configuration ${wanted}: SageMaker rolled back and keeps serving ` +
        `"${endpoint.EndpointConfigName}". Reason: ${reason}. Repair the model or reject its package ` +
        "(npm run ops -- reject); the next pulumi up tries again.",
    );
  }
  return endpoint.EndpointArn;
}

async function ignoreMissing(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

/** SageMaker reports an unknown name as a validation error. */
function isMissing(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return (
    name === "ResourceNotFound" ||
    (name === "ValidationException" &&
      /could not find|does not exist|not found/i.test(message ?? ""))
  );
}
