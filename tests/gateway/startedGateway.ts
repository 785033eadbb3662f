import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  type CreateUsagePlanRequest,
  ImportRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";

import { type RunningGateway, startGateway } from "../../local/gateway/gateway";
import { AccessLog } from "../../local/gateway/http/accessLog";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

export interface UpstreamCall {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An AWS service that answers what the test sets, and records its requests. */
export class FakeService {
  readonly calls: UpstreamCall[] = [];
  /** Undefined: no response is sent. */
  answer: { status: number; body: string; headers?: Record<string, string> } | undefined = {
    status: 200,
    body: "{}",
  };
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      const { method, url, headers } = request;
      this.calls.push({ method, path: url, headers, body });
      if (this.answer !== undefined) {
        response.writeHead(this.answer.status, this.answer.headers).end(this.answer.body);
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A gateway, the service behind it, and an SDK client of API Gateway's API. */
export class StartedGateway {
  readonly service = new FakeService();
  /** Clock of throttles and quotas, in milliseconds. */
  now = Date.UTC(2026, 0, 1);
  url = "";
  client!: APIGatewayClient;
  private gateway!: RunningGateway;
  private readonly lines: string[] = [];

  async start(environment?: Record<string, string>): Promise<void> {
    const serviceUrl = await this.service.start();
    this.gateway = await startGateway({
      port: 0,
      log: new AccessLog(
        new Writable({
          write: (line: Buffer, _encoding, done) => {
            this.lines.push(line.toString("utf8"));
            done();
          },
        }),
      ),
      environment: environment ?? { AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: serviceUrl },
      clock: () => this.now,
    });
    this.url = this.gateway.url;
    this.client = new APIGatewayClient({
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  }

  /** Ends the gateway and returns its access log. */
  async stop(): Promise<Record<string, unknown>[]> {
    this.client.destroy();
    await this.service.stop();
    await this.gateway.close();
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Imports and deploys a document to the stage `live`. */
  async deploy(document: object, variables?: Record<string, string>): Promise<DeployedApi> {
    const body = Buffer.from(JSON.stringify(document));
    const { id: restApiId = "" } = await this.client.send(new ImportRestApiCommand({ body }));
    const { id: deploymentId } = await this.client.send(new CreateDeploymentCommand({ restApiId }));
    await this.client.send(
      new CreateStageCommand({ restApiId, stageName: "live", deploymentId, variables }),
    );
    return { restApiId, url: `${this.url}/execute-api/${restApiId}/live` };
  }

  /** Creates a key, and a usage plan that gives it access to the stage. */
  async admit(
    { restApiId }: DeployedApi,
    settings: Partial<CreateUsagePlanRequest> = {},
  ): Promise<{ key: string; keyId: string; planId: string }> {
    const key = await this.client.send(new CreateApiKeyCommand({ name: "test", enabled: true }));
    const plan = await this.client.send(
      new CreateUsagePlanCommand({
        name: "test",
        apiStages: [{ apiId: restApiId, stage: "live" }],
        ...settings,
      }),
    );
    await this.client.send(
      new CreateUsagePlanKeyCommand({
        usagePlanId: plan.id,
        keyId: key.id,
        keyType: "API_KEY",
      }),
    );
    return { key: key.value ?? "", keyId: key.id ?? "", planId: plan.id ?? "" };
  }
}

export interface DeployedApi {
  readonly restApiId: string;
  readonly url: string;
}

/** Status, chosen headers and body of an answer. */
export async function ask(
  url: string,
  options: RequestInit = {},
): Promise<{ status: number; type: string | null; error: string | null; body: string }> {
  const response = await fetch(url, options);
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    error: response.headers.get("x-amzn-errortype"),
    body: await response.text(),
  };
}

/** Name and message of the error a call is expected to end with. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
  throw new Error("the call was expected to fail");
}
