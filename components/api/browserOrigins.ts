/** Pages of every origin. */
export const EVERY_ORIGIN = "*";

/** A problem with one entry of a list or, without an index, with the whole list. */
export interface ListProblem {
  readonly index?: number;
  /** What is expected and how to fix it. */
  readonly message: string;
}

/** Host names and IP addresses, without characters that a template or a quoted value would interpret. */
const ORIGIN = /^https?:\/\/([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d+)?$/;

/** Problems of a list of origins. Browsers compare origins as text, so each must be written as browsers send it. */
export function originProblems(origins: readonly string[]): ListProblem[] {
  const mixed = origins.length > 1 && origins.includes(EVERY_ORIGIN);
  return [
    ...(mixed
      ? [
          {
            message:
              'must be ["*"] or name origins: beside "*" the others say nothing. Remove it, or them',
          },
        ]
      : []),
    ...origins.flatMap((origin, index) => {
      const message =
        origins.indexOf(origin) < index ? "is there twice: remove one" : originProblem(origin);
      return message === undefined ? [] : [{ index, message }];
    }),
  ];
}

function originProblem(origin: string): string | undefined {
  if (origin === EVERY_ORIGIN || (ORIGIN.test(origin) && originOf(origin) === origin)) {
    return undefined;
  }
  if (origin === "null") {
    return (
      'must not be "null", which is the origin of local files and of sandboxed frames, whosever they are. ' +
      "Serve the page from an address and write its origin"
    );
  }
  const meant = originOf(/^[\w.+-]+:\/\//.test(origin) ? origin : `https://${origin}`);
  const suggestion =
    meant !== undefined && ORIGIN.test(meant)
      ? `Write ${meant}`
      : 'Name each origin, or write ["*"]';
  return (
    "must be an origin as browsers send it, like https://app.example.com: http:// or https://, the host in lower " +
    `case, a port only if it is not the scheme's own, and nothing after that. ${suggestion}`
  );
}

/** The origin of a URL as browsers write it; undefined if it has none. */
function originOf(address: string): string | undefined {
  const { origin } = URL.canParse(address) ? new URL(address) : {};
  return origin === "null" ? undefined : origin;
}

/** Headers that every page may send, because every request needs them. */
export const CALL_HEADERS: readonly string[] = ["content-type", "x-api-key"];

/** Problems of a list of additional request headers. */
export function headerProblems(headers: readonly string[]): ListProblem[] {
  const names = headers.map((header) => header.toLowerCase());
  return names.flatMap((name, index) => {
    const message = headerProblem(names, name, index);
    return message === undefined ? [] : [{ index, message }];
  });
}

function headerProblem(names: readonly string[], name: string, index: number): string | undefined {
  if (!/^[a-z0-9_-]+$/.test(name)) {
    return 'must be the name of a request header, of letters, digits, "-" and "_", like traceparent. Name each header';
  }
  if (CALL_HEADERS.includes(name)) {
    return "is allowed already: remove it";
  }
  return names.indexOf(name) < index ? "is there twice: remove one" : undefined;
}
