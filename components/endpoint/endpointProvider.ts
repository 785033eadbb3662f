import type * as pulumi from "@pulumi/pulumi";

import { messageOf } from "../shared/errors";
import { deploymentFailure, needsDeployment } from "../shared/verifiedDeployment";
import {
  connectToEndpoint,
  deployEndpoint,
  describeEndpoint,
  type EndpointConnection,
  isInService,
  prune,
  removeEndpoint,
} from "./deployEndpoint";
import type { EndpointSpec, EndpointState, Release } from "./endpointSpec";

/** Inputs whose change needs another endpoint. */
const REPLACING = ["endpointName", "region", "accountId"] as const;

/**
 * Deploys an endpoint, and succeeds only when the wanted configuration is in service.
 *
 * Pulumi stores this class in the stack's state and runs it in a process of its own: no private members, no
 * captured library objects, libraries only through `import()` inside functions.
 */
export class EndpointProvider implements pulumi.dynamic.ResourceProvider {
  constructor(readonly connect = connectToEndpoint) {}

  async diff(
    id: string,
    olds: EndpointState,
    news: EndpointSpec,
  ): Promise<pulumi.dynamic.DiffResult> {
    const replaces = REPLACING.filter((key) => olds[key] !== news[key]);
    if (replaces.length > 0) {
      return { changes: true, replaces: [...replaces], deleteBeforeReplace: false };
    }
    const isServing = async () =>
      isInService(await describeEndpoint(await this.connect(news), id), news);
    return { changes: await needsDeployment(olds, news, isServing) };
  }

  async create(inputs: EndpointSpec): Promise<pulumi.dynamic.CreateResult<EndpointState>> {
    const connection = await this.connect(inputs);
    const releases = [release(inputs)];
    try {
      const arn = await deployEndpoint(connection, inputs);
      return { id: inputs.endpointName, outs: { ...inputs, arn, releases, verified: true } };
    } catch (error) {
      throw failure(connection, error, { ...inputs, arn: "", releases });
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
      const arn = await deployEndpoint(connection, news);
      const releases = await prune(connection, [wanted, ...earlier], 1 + news.keepPrevious);
      return { outs: { ...news, arn, releases, verified: true } };
    } catch (error) {
      // Last in the list: what never served goes first when there is too much.
      throw failure(connection, error, {
        ...news,
        arn: olds.arn,
        releases: [...earlier, wanted],
      });
    }
  }

  async read(
    id: string,
    props?: EndpointState,
  ): Promise<pulumi.dynamic.ReadResult<Partial<EndpointState>>> {
    if (props === undefined) {
      return { id, props };
    }
    const endpoint = await describeEndpoint(await this.connect(props), id);
    return endpoint === undefined
      ? {}
      : { id, props: { ...props, verified: isInService(endpoint, props) } };
  }

  async delete(_id: string, props: EndpointState): Promise<void> {
    const connection = await this.connect(props);
    await removeEndpoint(connection, props, props.drainSeconds);
    await prune(connection, props.releases, 0);
  }
}

function failure(
  connection: EndpointConnection,
  error: unknown,
  state: Omit<EndpointState, "verified">,
): Error {
  const message = messageOf(error);
  // The engine shows no more than "resource init failed" of such an error.
  connection.log(message);
  return deploymentFailure(state.endpointName, state, message);
}

function release({ endpointConfigName, modelName }: EndpointSpec): Release {
  return { endpointConfigName, modelName };
}
