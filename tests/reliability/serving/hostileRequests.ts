import { gzipSync } from "node:zlib";

import type { DeployedApi } from "../../../bench/servingChain";
import { head, type RawAnswer, sendRaw } from "./rawRequest";

/** One request that no well-meaning client sends, and the answers that are right. */
export interface HostileRequest {
  readonly what: string;
  readonly send: (api: DeployedApi) => Promise<RawAnswer>;
  /** `<status> <code>`, or only the status where no operation was reached. */
  readonly expected: readonly string[];
}

const MEBIBYTE = 1024 * 1024;
/** SageMaker Runtime's limit for a request body. */
const RUNTIME_LIMIT = 6 * MEBIBYTE;
const JSON_TYPE = "application/json";
const REFUSED = ["400 invalid_request"];
const GOOD = '{"instances":[{"text":"good"}]}';

export const hostileRequests: readonly HostileRequest[] = [
  body("6 MiB of blanks around a post", padded(RUNTIME_LIMIT), ["200"]),
  body("one byte more than SageMaker takes", padded(RUNTIME_LIMIT + 1), ["413 request_too_large"]),
  body("more than API Gateway takes", padded(10 * MEBIBYTE + 1), ["413 request_too_large"]),
  body("6 MiB of text in one post", post("x".repeat(RUNTIME_LIMIT)), REFUSED),
  body("100,000 posts", `{"instances":[${'{"text":"a"},'.repeat(99_999)}{"text":"a"}]}`, REFUSED),
  body("arrays in arrays, 100,000 deep", "[".repeat(100_000) + "]".repeat(100_000), REFUSED),
  body("objects in objects, 100,000 deep", '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000), [
    ...REFUSED,
  ]),
  body("depth where a text belongs", `{"instances":[{"text":${"[".repeat(50_000)}`, REFUSED),
  body("no body", "", REFUSED),
  body("a body cut short", GOOD.slice(0, -3), REFUSED),
  body("a number of 10,000 digits", `{"instances":${"9".repeat(10_000)}}`, REFUSED),
  body("a key named __proto__", '{"__proto__":{"instances":[{"text":"a"}]}}', REFUSED),
  body("the same member twice", '{"instances":[],"instances":[{"text":"a"}]}', ["200", ...REFUSED]),
  body("Latin-1", Buffer.from(post("schön"), "latin1"), REFUSED),
  body("UTF-16", Buffer.from(GOOD, "utf16le"), REFUSED),
  body("a byte order mark", `\ufeff${GOOD}`, REFUSED),
  // TensorFlow Serving refuses it, and SageMaker does not tell a refusal from a failure.
  body("half of a surrogate pair, escaped", '{"instances":[{"text":"\\ud83d"}]}', [
    "502 model_error",
  ]),
  body("a zero character, escaped", '{"instances":[{"text":"a\\u0000b"}]}', ["200"]),
  body("text that runs right to left and joins", post("\u202e\u200d\ufdfd".repeat(600)), ["200"]),
  body("only combining characters", post("\u0301".repeat(2000)), ["200"]),
  body("gzip", gzipSync(GOOD), REFUSED, { "content-encoding": "gzip" }),
  body("another charset than it says", GOOD, ["200"], {
    "content-type": `${JSON_TYPE};charset=utf-16`,
  }),
  body("no content type", GOOD, ["200"], { "content-type": "" }),
  body("XML", "<a/>", ["415 unsupported_media_type"], { "content-type": "application/xml" }),
  body("a form", "a=b", ["415 unsupported_media_type"], {
    "content-type": "application/x-www-form-urlencoded",
  }),
  body("an endless content type", GOOD, ["415 unsupported_media_type"], {
    "content-type": "a".repeat(4000),
  }),
  body("no key", GOOD, ["403 invalid_api_key"], { "x-api-key": "" }),
  body("a wrong key", GOOD, ["403 invalid_api_key"], { "x-api-key": "0".repeat(40) }),
  body("a key of 8 KB", GOOD, ["403 invalid_api_key"], { "x-api-key": "k".repeat(8192) }),
  body("a wrong key and 6 MiB", padded(RUNTIME_LIMIT), ["403 invalid_api_key"], {
    "x-api-key": "wrong",
  }),
  raw("a header of 1 MiB", ({ url }) => [`${head(url, { a: "b".repeat(MEBIBYTE) })}\r\n\r\n`], [
    "431",
  ]),
  raw("no HTTP at all", () => ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"], ["400"]),
  raw("a length that is no number", ({ url }) => [head(url, { "content-length": "1e3" }), END], [
    "400",
  ]),
  raw(
    "two lengths of one body, as in request smuggling",
    ({ url }) => [head(url, { "content-length": 4, "transfer-encoding": "chunked" }), END],
    ["400"],
  ),
  raw(
    "a path that climbs",
    ({ url }) => [`GET ${new URL(url).pathname}/../../x HTTP/1.1\r\nhost: a${END}`],
    ["403", "404 not_found"],
  ),
];

const END = "\r\n\r\n";

function post(text: string): string {
  return JSON.stringify({ instances: [{ text }] });
}

function padded(bytes: number): string {
  return GOOD.padEnd(bytes, " ");
}

function body(
  what: string,
  content: string | Buffer,
  expected: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): HostileRequest {
  const bytes = Buffer.from(content as string);
  return {
    what,
    expected,
    send: ({ url, apiKey }) => {
      const all = {
        "content-type": JSON_TYPE,
        "x-api-key": apiKey,
        ...headers,
        "content-length": bytes.length,
      };
      const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
      return sendRaw(url, head(url, given), END, bytes);
    },
  };
}

function raw(
  what: string,
  parts: (api: DeployedApi) => readonly string[],
  expected: readonly string[],
): HostileRequest {
  return { what, expected, send: (api) => sendRaw(api.url, ...parts(api)) };
}
