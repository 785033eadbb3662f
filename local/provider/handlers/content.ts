/** The content of an object resource, from its asset or its text. */
import { readFile } from "node:fs/promises";

import { isAsset, type Properties, text } from "../wire";

/**
 * The bytes of `source` or `content`.
 *
 * @throws if neither is set, or `source` is not a file or a text: nothing here uses the network
 */
export async function objectContent(inputs: Properties): Promise<Uint8Array> {
  if (typeof inputs.content === "string") {
    return Buffer.from(inputs.content, "utf8");
  }
  if (isAsset(inputs.source)) {
    if (typeof inputs.source.text === "string") {
      return Buffer.from(inputs.source.text, "utf8");
    }
    if (typeof inputs.source.path === "string") {
      return readFile(inputs.source.path);
    }
  }
  throw new Error(
    `The object "${text(inputs.key)}" has no content that is available offline. Set "content", or ` +
      `"source" to a FileAsset or a StringAsset.`,
  );
}
