import type * as pulumi from "@pulumi/pulumi";

import { connectToSageMaker } from "../shared/sageMakerConnection";
import {
  describeEndpoint,
  prune,
  removeEndpoint,
  rollOut,
  type Connection,
  type EndpointSpec,
  type Release,
} from "./rollout";

/** What is remembered between two deployments. */
export interface EndpointState extends EndpointSpec {
  readonly arn: string;
  /** What has been served, newest first; the first is in use. */
  readonly releases: readonly Release[];
  /** False after a failed update: the next one must try again even if nothing else changed. */
  readonly live: boolean;
}

/** Inputs whose change needs another endpoint. */
const REPLACING = ["endpointName", "region", "accountId"] as const;

/**
 * Deploys an endpoint and tells the truth about it.
 *
 * This class is stored in the stack's state and runs in a process of its own: it may only use what
 * can be serialized, hence the imports inside the methods.
 */
export class EndpointProvider implements pulumi.dynamic.ResourceProvider {
  async diff(
    id: string,
    olds: EndpointState,
    news: EndpointSpec,
  ): Promise<pulumi.dynamic.DiffResult> {
    const replaces = REPLACING.filter((key) => olds[key] !== news[key]);
    if (replaces.length > 0) {
      return { changes: true, replaces: [...replaces], deleteBeforeReplace: false };
    }
    return { changes: !olds.live || differs(olds, news) || !(await this.serves(id, news)) };
  }

  async create(inputs: EndpointSpec): Promise<pulumi.dynamic.CreateResult<EndpointState>> {
    const connection = await this.connect(inputs);
    const releases = [release(inputs)];
    try {
      const arn = await rollOut(connection, inputs);
      return { id: inputs.endpointName, outs: { ...inputs, arn, releases, live: true } };
    } catch (error) {
      throw partialFailure(connection, error, inputs, "", releases);
    }
  }

  async update(
    _id: string,
    olds: EndpointState,
    news: EndpointSpec,
  ): Promise<pulumi.dynamic.UpdateResult<EndpointState>> {
    const connection = await this.connect(news);
    const wanted = release(news);
    const earlier = olds.releases.filter(
      ({ endpointConfigName }) => endpointConfigName !== wanted.endpointConfigName,
    );
    try {
      const arn = await rollOut(connection, news);
      const releases = await prune(connection, [wanted, ...earlier], 1 + news.keepPrevious);
      return { outs: { ...news, arn, releases, live: true } };
    } catch (error) {
      // Last in the list: what never served goes first when there is too much.
      throw partialFailure(connection, error, news, olds.arn, [...earlier, wanted]);
    }
  }

  async read(
    id: string,
    props?: EndpointState,
  ): Promise<pulumi.dynamic.ReadResult<Partial<EndpointState>>> {
    if (props === undefined) {
      return { id, props };
    }
    const connection = await this.connect(props);
    const endpoint = await describeEndpoint(connection, id);
    if (endpoint === undefined) {
      return {};
    }
    const live =
      endpoint.EndpointStatus === "InService" &&
      endpoint.EndpointConfigName === props.endpointConfigName;
    return { id, props: { ...props, live } };
  }

  async delete(_id: string, props: EndpointState): Promise<void> {
    const connection = await this.connect(props);
    await removeEndpoint(connection, props, props.drainSeconds);
    await prune(connection, props.releases, 0);
  }

  /** Clients for the region, after making sure that the credentials belong to the right account. */
  async connect(spec: Pick<EndpointSpec, "region" | "accountId">): Promise<Connection> {
    return {
      ...(await connectToSageMaker("The endpoint", spec)),
      log: (line) => console.log(line),
    };
  }

  /** Whether the live endpoint is the one asked for; a plain `pulumi up` never calls `read`. */
  private async serves(id: string, spec: EndpointSpec): Promise<boolean> {
    const endpoint = await describeEndpoint(await this.connect(spec), id);
    return (
      endpoint?.EndpointStatus === "InService" &&
      endpoint.EndpointConfigName === spec.endpointConfigName
    );
  }
}

/**
 * The error that makes Pulumi store the new inputs and offer the change again. A plain error would
 * keep the old state: after a failed create nothing would ever remove what is there, and going back
 * to the old inputs after a failed update would look unchanged.
 */
function partialFailure(
  connection: Connection,
  error: unknown,
  inputs: EndpointSpec,
  arn: string,
  releases: readonly Release[],
): Error {
  const message = (error as Error).message;
  // The engine shows no more than "resource init failed" of such an error.
  connection.log(message);
  return Object.assign(new Error(message), {
    id: inputs.endpointName,
    properties: { ...inputs, arn, releases, live: false },
    reasons: [message],
  });
}

function release({ endpointConfigName, modelName }: EndpointSpec): Release {
  return { endpointConfigName, modelName };
}

/** An input that is not known yet counts as different. */
function differs(olds: EndpointSpec, news: EndpointSpec): boolean {
  return Object.keys(news)
    .filter((key) => key !== "__provider")
    .some((key) => {
      const name = key as keyof EndpointSpec;
      return canonical(olds[name]) !== canonical(news[name]);
    });
}

/** JSON with sorted keys: the engine does not keep their order. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
