import type { Socket } from "node:net";

import type { DeployedApi } from "../../../bench/servingChain";
import { answerOf, head, open, type RawAnswer, sendRaw } from "./rawRequest";

const BODY = JSON.stringify({ instances: [{ text: "good" }] });

function headers({ apiKey }: DeployedApi) {
  return {
    "content-type": "application/json",
    "x-api-key": apiKey,
    "content-length": BODY.length,
  };
}

/** A well-behaved request for one prediction. */
export function predictOnce(api: DeployedApi): Promise<RawAnswer> {
  return sendRaw(api.url, head(api.url, headers(api)), "\r\n\r\n", BODY);
}

/** How often each status came back. */
export function countStatuses(answers: readonly RawAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of answers) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Many connections that all open first and then ask at the same moment. */
export async function crowd(api: DeployedApi, connections: number): Promise<RawAnswer[]> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = open(api.url);
      await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
      return socket;
    }),
  );
  return Promise.all(
    sockets.map((socket) => {
      const answer = answerOf(socket);
      socket.write(`${head(api.url, headers(api))}\r\n\r\n${BODY}`);
      return answer;
    }),
  );
}

/** Clients that hold a connection each without ever finishing what they began. */
export class SlowClients {
  private readonly dripping: NodeJS.Timeout;

  private constructor(
    private readonly sockets: readonly Socket[],
    readonly answers: readonly Promise<RawAnswer>[],
    private readonly rest: readonly string[],
  ) {
    let sent = 0;
    this.dripping = setInterval(() => {
      this.sockets.forEach((socket, index) => socket.write(this.rest[index].charAt(sent)));
      sent += 1;
    }, 500);
  }

  /** One half of them is slow with its headers, the other with its body. */
  static start(api: DeployedApi, clients: number): SlowClients {
    const wholeHead = `${head(api.url, headers(api))}\r\n\r\n`;
    const sockets = Array.from({ length: clients }, () => open(api.url));
    const answers = sockets.map((socket) => answerOf(socket));
    const rest = sockets.map((socket, index) => {
      const begun = index % 2 === 0 ? wholeHead.slice(0, 40) : wholeHead;
      socket.write(begun);
      // Never the last byte.
      return `${wholeHead}${BODY}`.slice(begun.length, -1);
    });
    return new SlowClients(sockets, answers, rest);
  }

  stop(): void {
    clearInterval(this.dripping);
    this.sockets.forEach((socket) => socket.destroy());
  }
}
