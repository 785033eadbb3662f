import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { messageOf, note } from "../../../tools/terminal";
import { answerControlCall } from "../control/controlApi";
import { BodyTooLargeError, type ExecutionRecord } from "../execution/exchange";
import { executeRequest, type ExecutionContext } from "../execution/execute";
import type { AccessLog } from "./accessLog";
import { discardBody, readBody } from "./body";

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly operation?: string;
}

const STAGE_PATH = /^\/execute-api\/([^/]+)\/([^/]+)(\/.*)?$/;

/** The HTTP server: deployed stages below `/execute-api/`, API Gateway's API elsewhere. */
export function createGatewayServer(context: ExecutionContext, log: AccessLog): Server {
  const server = createServer(
    {
      keepAliveTimeout: 65_000,
      headersTimeout: 20_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      void handle(context, log, request, response, () => !server.listening);
    },
  );
  return server;
}

async function handle(
  context: ExecutionContext,
  log: AccessLog,
  request: IncomingMessage,
  response: ServerResponse,
  stopping: () => boolean,
): Promise<void> {
  const started = performance.now();
  const requestId = randomUUID();
  const record: ExecutionRecord = {};
  const method = request.method ?? "GET";
  const [path, search = ""] = splitTarget(request.url ?? "/");
  let answer: Answer;
  try {
    const stage = STAGE_PATH.exec(path);
    answer = stage
      ? await executeRequest(
          context,
          stage[1],
          stage[2],
          {
            requestId,
            method,
            path: stage[3] ?? "/",
            headers: headersOf(request),
            sentHeaders: sentHeadersOf(request),
            query: new URLSearchParams(search),
            readBody: () => readBody(request),
          },
          record,
        )
      : await control(context, method, path, search, request);
  } catch (error) {
    // The caller closed the connection while its body was read, or this gateway has a defect.
    record.errorDetail = messageOf(error);
    answer = json(500, { message: "Internal server error" }, "InternalServerErrorException");
  }
  await discardBody(request);
  // The rest of an unread body must not be taken for the next request.
  const lastOfConnection = !request.complete || stopping();
  send(response, answer, requestId, lastOfConnection);
  log.write({
    requestId,
    requestTime: new Date().toISOString(),
    ip: request.socket.remoteAddress,
    httpMethod: method,
    path,
    operation: answer.operation,
    ...record,
    status: answer.status,
    responseLength: Buffer.byteLength(answer.body),
    responseMilliseconds: Math.round((performance.now() - started) * 1000) / 1000,
  });
}

async function control(
  context: ExecutionContext,
  method: string,
  path: string,
  search: string,
  request: IncomingMessage,
): Promise<Answer> {
  let body: Buffer;
  try {
    body = await readBody(request);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      return json(413, { message: "Request Too Long" }, "RequestTooLargeException");
    }
    throw error;
  }
  const query = new URLSearchParams(search);
  const answer = answerControlCall(context.resources, method, path, query, body.toString("utf8"));
  if (answer.operation === undefined) {
    note(`Unknown operation: ${method} ${path}`);
  }
  return { ...json(answer.status, answer.body, answer.errorType), operation: answer.operation };
}

function json(status: number, value: unknown, errorType?: string): Answer {
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(errorType !== undefined && { "x-amzn-errortype": errorType }),
    },
    body: value === undefined ? "" : JSON.stringify(value),
  };
}

function send(
  response: ServerResponse,
  answer: Answer,
  requestId: string,
  lastOfConnection: boolean,
): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    // A response without content must not have a Content-Length (RFC 9110, 8.6).
    ...(answer.status !== 204 && { "content-length": Buffer.byteLength(answer.body) }),
    "x-amzn-requestid": requestId,
    ...(lastOfConnection && { connection: "close" }),
  });
  response.end(answer.body);
}

function splitTarget(target: string): [string, string | undefined] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)];
}

function headersOf(request: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      headers.set(name, [value].flat().join(","));
    }
  }
  return headers;
}

function sentHeadersOf({ rawHeaders }: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.set(rawHeaders[index], rawHeaders[index + 1]);
  }
  return headers;
}
