import type { IncomingMessage } from "node:http";

import { BodyTooLargeError } from "../execution/exchange";

/** Payload limit of API Gateway, in bytes. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** @throws BodyTooLargeError as soon as the limit is exceeded */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) {
      reject(new BodyTooLargeError());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        request.removeAllListeners("data");
        request.resume();
        reject(new BodyTooLargeError());
        return;
      }
      chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

/** Longest wait for the rest of a body that is not used, in milliseconds. */
const DISCARD_MILLISECONDS = 1000;

/**
 * Reads the rest of a body and discards it, within limits: if the connection were closed while the
 * caller is still sending, it would be reset and the response would be lost.
 */
export async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) {
    return;
  }
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(finish, DISCARD_MILLISECONDS);
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        finish();
      }
    });
    request.once("end", finish).once("close", finish);
  });
}
