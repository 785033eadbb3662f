import type { AddressInfo } from "node:net";

import { Admission } from "./admission/admission";
import type { Clock } from "./admission/tokenBucket";
import { Resources } from "./control/resources";
import type { AccessLog } from "./http/accessLog";
import { createGatewayServer } from "./http/server";
import { Upstream } from "./integration/upstream";

const HOST = "127.0.0.1";

export interface GatewayOptions {
  readonly port: number;
  readonly log: AccessLog;
  /** Has the addresses of AWS services: `AWS_ENDPOINT_URL_*`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Clock of throttles and quotas. */
  readonly clock?: Clock;
}

export interface RunningGateway {
  readonly url: string;
  /** Answers the requests in flight, then stops. */
  close(): Promise<void>;
}

/** Starts the gateway; resolves when it listens. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const resources = new Resources();
  const upstream = new Upstream(options.environment);
  const admission = new Admission(resources, options.clock);
  const server = createGatewayServer({ resources, admission, upstream }, options.log);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: options.port, host: HOST, backlog: 1024 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await upstream.close();
    },
  };
}
