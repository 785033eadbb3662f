import { createHash } from "node:crypto";

import type { ProducerRecord } from "../contracts/producer";
import { Failure } from "./failure";

/**
 * Turns lines into records, byte for byte: what is wrong with a post is the streaming job's to find,
 * unless the sender asks for a check. Empty lines are skipped.
 *
 * @param validate says what is wrong with a post, undefined when nothing is
 * @throws Failure at the first post the check refuses, with its line number
 */
export async function* toRecords(
  lines: AsyncIterable<string> | Iterable<string>,
  validate?: (value: unknown) => string | undefined,
): AsyncGenerator<ProducerRecord> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") {
      continue;
    }
    const post = parse(line);
    const problem = validate === undefined || post === undefined ? undefined : validate(post.value);
    if (validate !== undefined && (post === undefined || problem !== undefined)) {
      throw new Failure(
        `Line ${number} is not a valid post: ${problem ?? "it is not JSON"}. Nothing after it was sent.`,
      );
    }
    yield { partitionKey: partitionKey(line, post?.value), data: Buffer.from(line) };
  }
}

function parse(line: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return undefined;
  }
}

/** The user, so that one user's posts keep their order; else something that spreads over the shards. */
function partitionKey(line: string, value: unknown): string {
  const user = (value as { user_id?: unknown } | null | undefined)?.user_id;
  return typeof user === "string" && user !== "" && user.length <= 256
    ? user
    : createHash("sha256").update(line).digest("hex");
}
