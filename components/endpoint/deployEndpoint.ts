import type * as sagemaker from "@aws-sdk/client-sagemaker";

import { unlessNotFound } from "../shared/awsAnswers";
import { connectToSageMaker, type SageMakerConnection } from "../shared/sageMakerConnection";
import type { EndpointSpec, Release } from "./endpointSpec";

/** Longest pause between two looks at the endpoint, in milliseconds. */
const LONGEST_WAIT_MS = 15_000;

/** How SageMaker is reached; tests bring their own. */
export interface EndpointConnection extends SageMakerConnection {
  /** Shows a line of progress. */
  readonly log: (line: string) => void;
}

/** Opens a client. @throws Error when the SDK's credentials are another account's */
export async function connectToEndpoint(
  location: Pick<EndpointSpec, "region" | "accountId">,
): Promise<EndpointConnection> {
  return {
    ...(await connectToSageMaker("The endpoint", location)),
    log: (line) => console.log(line),
  };
}

type Endpoint = sagemaker.DescribeEndpointCommandOutput;

/**
 * Brings the endpoint to the wanted configuration and returns its ARN. An endpoint that somebody, or
 * an earlier `pulumi up` that was killed, is changing right now is waited for first.
 *
 * @throws Error when SageMaker ends anywhere else, with its reason
 */
export async function deployEndpoint(
  connection: EndpointConnection,
  spec: EndpointSpec,
): Promise<string> {
  const { client, sdk, log } = connection;
  let endpoint = await waitForChanges(connection, spec);
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
  return verifiedArn(await waitForChanges(connection, spec), spec);
}

/**
 * Deletes the endpoint and waits until it is gone. A missing one is fine.
 *
 * @param drainSeconds how long an endpoint in service still answers before that
 */
export async function removeEndpoint(
  connection: EndpointConnection,
  spec: EndpointSpec,
  drainSeconds = 0,
): Promise<void> {
  const { client, sdk, log, sleep } = connection;
  const endpoint = await waitForChanges(connection, spec);
  if (endpoint === undefined) {
    return;
  }
  if (drainSeconds > 0 && endpoint.EndpointStatus === "InService") {
    log(`endpoint ${spec.endpointName}: goes in ${drainSeconds} s, when nobody asks it any more`);
    await sleep(drainSeconds * 1000);
  }
  await client.send(new sdk.DeleteEndpointCommand({ EndpointName: spec.endpointName }));
  await waitForChanges(connection, spec);
}

/** The endpoint as it is, or undefined when there is none of this name. */
export async function describeEndpoint(
  { client, sdk }: Pick<EndpointConnection, "client" | "sdk">,
  endpointName: string,
): Promise<Endpoint | undefined> {
  return unlessNotFound(
    client.send(new sdk.DescribeEndpointCommand({ EndpointName: endpointName })),
  );
}

/** Whether the endpoint serves the wanted configuration. */
export function isInService(
  endpoint: Endpoint | undefined,
  { endpointConfigName }: Pick<EndpointSpec, "endpointConfigName">,
): boolean {
  return (
    endpoint?.EndpointStatus === "InService" && endpoint.EndpointConfigName === endpointConfigName
  );
}

/**
 * Deletes configurations and models that are older than the last `keepPrevious`, and returns what is
 * left, newest first. What cannot be deleted now stays in the list for the next time.
 */
export async function prune(
  connection: EndpointConnection,
  releases: readonly Release[],
  keep: number,
): Promise<Release[]> {
  const { client, sdk, log } = connection;
  const kept = releases.slice(0, keep);
  for (const release of releases.slice(keep)) {
    try {
      await unlessNotFound(
        client.send(
          new sdk.DeleteEndpointConfigCommand({ EndpointConfigName: release.endpointConfigName }),
        ),
      );
      if (!kept.some(({ modelName }) => modelName === release.modelName)) {
        await unlessNotFound(
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
async function waitForChanges(
  { client, sdk, sleep, now, log }: EndpointConnection,
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
function verifiedArn(endpoint: Endpoint | undefined, spec: EndpointSpec): string {
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

/** Looks often at first, when a refusal shows, and rarely later. */
function nextWaitMs(previous: number): number {
  return previous === 0 ? 500 : Math.min(previous * 1.5, LONGEST_WAIT_MS);
}

/**
 * What an endpoint status means for a deployment.
 * Statuses: DescribeEndpoint API reference.
 */
function readableStatus(status: string): { changing: boolean; wayOut: string } {
  switch (status) {
    case "Creating":
    case "Updating":
    case "SystemUpdating":
    case "RollingBack":
    case "Deleting":
      return { changing: true, wayOut: "Run pulumi up again to wait for it." };
    case "Failed":
      return {
        changing: false,
        wayOut:
          "Repair the model or reject its package (npm run ops -- reject), then run pulumi up again.",
      };
    case "UpdateRollbackFailed":
      return {
        changing: false,
        wayOut:
          "It serves a mix of two configurations and SageMaker accepts no update: delete the endpoint, then run " +
          "pulumi up again.",
      };
    default:
      return {
        changing: false,
        wayOut: "Look at the endpoint in SageMaker, then run pulumi up again.",
      };
  }
}
