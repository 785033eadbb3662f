import type { ErrorCode } from "../../contracts/predictionErrors";
import { failed, ok, type Verdict } from "./verdict";

/** What the API answered. */
export interface ApiAnswer {
  readonly status: number;
  /** `error.code` of the body, where it is one of the API's. */
  readonly code?: string;
}

/** What the API should answer. */
export interface Expected {
  readonly status: number;
  readonly code?: ErrorCode;
}

/** An answer is the one that the OpenAPI document promises. @param request what was sent, in a few words */
export function judgeAnswer(request: string, expected: Expected, answer: ApiAnswer): Verdict {
  return isExpected(expected, answer)
    ? ok(`${request}: ${shown(answer)}.`)
    : failed(`${request}: ${shown(answer)}, expected ${shown(expected)}.`, wayOut(answer));
}

function isExpected({ status, code }: Expected, answer: ApiAnswer): boolean {
  return answer.status === status && (code === undefined || answer.code === code);
}

function shown({ status, code }: { readonly status: number; readonly code?: string }): string {
  return code === undefined ? `${status}` : `${status} ${code}`;
}

function wayOut({ status, code }: ApiAnswer): string {
  if (code === undefined && status >= 400) {
    return "The answer is not in the API's words, so the gateway's responses were not imported: look at the stage.";
  }
  if (status === 429) {
    return "Verify again when the key's limits allow it.";
  }
  return "Open an issue with this report; docs/predictions.md says what the API promises.";
}

/** A body that the API has to refuse. */
export interface WrongBody {
  /** For example "no instances". */
  readonly what: string;
  readonly answer: ApiAnswer;
}

/** API Gateway checks bodies against the schema, limits of arrays and unknown fields included. */
export function judgeValidation(bodies: readonly WrongBody[]): Verdict {
  const wrong = bodies.filter(
    ({ answer }) => !isExpected({ status: 400, code: "invalid_request" }, answer),
  );
  const all = bodies.map(({ what, answer }) => `${what}: ${shown(answer)}`).join("; ");
  if (wrong.length === 0) {
    return ok(`Bodies that break the schema are refused (${all}).`);
  }
  return failed(
    `Not refused by API Gateway: ${wrong.map(({ what, answer }) => `${what}: ${shown(answer)}`).join("; ")}.`,
    wrong.some(({ answer }) => answer.status === 502)
      ? "The model refuses them instead: docs/predictions.md, what API Gateway may let through."
      : "More is answered than the document says: docs/predictions.md, what API Gateway may let through.",
  );
}

/** What a preflight was answered. */
export interface Preflight {
  readonly origin: string;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly status: number;
  readonly allowedOrigin?: string;
}

/** Pages of the stack's origins may call the API. @param refusedOrigin what a refusal allows to read it */
export function judgePreflights(
  preflights: readonly Preflight[],
  refusedOrigin: string | undefined,
): Verdict {
  const wrong = preflights.filter(
    ({ origin, status, allowedOrigin }) =>
      status !== 204 || (allowedOrigin !== origin && allowedOrigin !== "*"),
  );
  if (wrong.length > 0) {
    const [{ origin, protocol, status, allowedOrigin }] = wrong;
    return failed(
      `${wrong.length} of ${preflights.length} preflights are not answered for their origin; that of ${origin} over ` +
        `${protocol}: ${status}, for ${allowedOrigin ?? "no origin"}.`,
      'The first origin for all of them means that the template was not evaluated: name one origin, or ["*"].',
    );
  }
  return refusedOrigin === undefined
    ? failed(
        "Preflights are answered, but a refusal of the gateway carries no access-control-allow-origin.",
        "Open an issue with this report: pages cannot read why they were refused.",
      )
    : ok(
        `${preflights.length} preflights are answered for their origins, and refusals can be read.`,
      );
}
