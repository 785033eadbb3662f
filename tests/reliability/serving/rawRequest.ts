import { connect, type Socket } from "node:net";

/** An answer as it came over the wire. */
export interface RawAnswer {
  /** 0 when the connection ended without one. */
  readonly status: number;
  /** The stable code of the API's error body, where there is one. */
  readonly code?: string;
}

export function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // A refused or broken connection shows as an answer with status 0.
  socket.on("error", () => undefined);
  return socket;
}

/** Head of a request for a prediction, without the empty line that would end it. */
export function head(url: string, headers: Readonly<Record<string, string | number>>): string {
  const { pathname, host } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${pathname}/v1/predictions HTTP/1.1`, `host: ${host}`, ...lines].join("\r\n");
}

/** Reads one answer; the server may end the connection instead. */
export function answerOf(socket: Socket): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const finish = (): void => resolve(parse(Buffer.concat(chunks).toString("utf8")));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) {
        socket.destroy();
      }
    });
    socket.once("close", finish);
  });
}

/** Sends bytes as they are, well-formed HTTP or not, and reads one answer. */
export async function sendRaw(url: string, ...parts: readonly (string | Buffer)[]) {
  const socket = open(url);
  const answer = answerOf(socket);
  for (const part of parts) {
    socket.write(part);
  }
  return answer;
}

function isWhole(received: Buffer): boolean {
  const text = received.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  return end >= 0 && length !== undefined && received.length >= end + 4 + Number(length);
}

function parse(text: string): RawAnswer {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return code === undefined ? { status } : { status, code };
}
