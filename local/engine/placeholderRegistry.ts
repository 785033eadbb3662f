/**
 * A model registry for previews: it has one approved package, or none.
 *
 * The program asks SageMaker which model to serve while it plans, S3 for the prediction schema of that model, STS
 * whether it asks in the right account, and EMR whether its cluster runs (here there is none yet); without credentials
 * and network this answers, found through {@link PlaceholderRegistry.services}.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { partitionOf } from "../../components/shared/region";
import { readEventContract } from "../../contracts/event/workloads";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import { LOCAL_ACCOUNT_ID } from "../provider/location";

/** Whether the registry holds an approved model. */
export type RegistryContent = "approved" | "none";

/** What a placeholder registry holds, and for which stack. */
export interface RegistryOptions {
  readonly content: RegistryContent;
  readonly region: string;
  /** Workload of the stack: its model was trained with the schemas as they are now. */
  readonly workload: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** Seconds since 1970, as SageMaker's JSON carries times: 2026-01-01. */
const CREATED_AT = 1_767_225_600;

/** The registry, listening on a free loopback port. */
export class PlaceholderRegistry {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(options: RegistryOptions): Promise<PlaceholderRegistry> {
    const server = createServer((request, response) => {
      respond(options, request, response).catch((error: unknown) => {
        send(response, 500, { __type: "InternalFailure", message: String(error) });
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new PlaceholderRegistry(server, `http://127.0.0.1:${port}`);
  }

  /** Variables that lead an AWS SDK here. */
  get services(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_EMR: this.url,
      AWS_ENDPOINT_URL_S3: this.url,
      AWS_ENDPOINT_URL_SAGEMAKER: this.url,
      AWS_ENDPOINT_URL_STS: this.url,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Answers one call of the JSON protocol that SageMaker and EMR share; `undefined` for an operation it does not have. */
export function registryAnswer(
  { content, region, workload }: RegistryOptions,
  operation: string,
  input: Answer,
): Answer | undefined {
  switch (operation) {
    case "ListModelPackages":
      return {
        ModelPackageSummaryList:
          content === "approved"
            ? [modelPackage(region, String(input.ModelPackageGroupName), 1)]
            : [],
      };
    case "DescribeModelPackage": {
      const [group = "", version = "1"] = String(input.ModelPackageName).split("/").slice(-2);
      return {
        ...modelPackage(region, group, Number(version)),
        CustomerMetadataProperties: {
          workload,
          contract: readEventContract(workload).sha256,
          predictionSchema: `s3:/${schemaPath(workload)}`,
        },
      };
    }
    case "ListEndpoints":
      return { Endpoints: [] };
    case "ListClusters":
      return { Clusters: [] };
    default:
      return undefined;
  }
}

/** Where the schema of the model lies: bucket and key. */
function schemaPath(workload: string): string {
  return `/placeholder-artifacts/schemas/${readPredictionContract(workload).fileName}`;
}

function modelPackage(region: string, group: string, version: number): Answer {
  return {
    ModelPackageArn: `arn:${partitionOf(region)}:sagemaker:${region}:${LOCAL_ACCOUNT_ID}:model-package/${group}/${version}`,
    ModelPackageGroupName: group,
    ModelPackageVersion: version,
    ModelPackageStatus: "Completed",
    ModelApprovalStatus: "Approved",
    CreationTime: CREATED_AT,
  };
}

async function respond(
  options: RegistryOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const operation = String(request.headers["x-amz-target"] ?? "").replace(
    /^(SageMaker|ElasticMapReduce)\./,
    "",
  );
  const body = Buffer.concat(chunks).toString("utf8");
  if (new URLSearchParams(body).get("Action") === "GetCallerIdentity") {
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(callerIdentity());
    return;
  }
  if (request.method === "GET" && pathOf(request) === schemaPath(options.workload)) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(readPredictionContract(options.workload).text);
    return;
  }
  const input = operation === "" ? {} : (JSON.parse(body || "{}") as Answer);
  const answer = registryAnswer(options, operation, input);
  if (answer === undefined) {
    send(response, 400, {
      __type: "UnknownOperationException",
      message:
        `A preview asks the placeholder registry which model to serve, for its prediction schema and whether its cluster ` +
        `runs, and nothing else. ` +
        `Received: "${operation || `${request.method} ${request.url}`}".`,
    });
    return;
  }
  send(response, 200, answer);
}

/** Without the query that the SDK adds. */
function pathOf({ url }: IncomingMessage): string {
  return new URL(url ?? "/", "http://registry").pathname;
}

/** STS speaks XML. */
function callerIdentity(): string {
  return (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    `<Account>${LOCAL_ACCOUNT_ID}</Account><Arn>arn:aws:iam::${LOCAL_ACCOUNT_ID}:root</Arn>` +
    "<UserId>placeholder</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>"
  );
}

function send(response: ServerResponse, status: number, body: Answer): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(body));
}
