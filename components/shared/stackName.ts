import { createHash } from "node:crypto";

/** The least that a service takes which a stack names after itself: SageMaker's, in characters. */
const MAXIMUM_LENGTH = 63;

/** Hexadecimal digits that tell apart what looks alike after cleaning. */
const HASH_LENGTH = 8;

/** What every service takes, in either case, between its separators. */
const PLAIN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export interface StackNameOptions {
  /** Stands between words: Glue's databases have underscores, so that Athena asks for no quotes. @default "-" */
  readonly separator?: "-" | "_";
  /** Longest name, in characters, 20 to 63. @default 63 */
  readonly maximumLength?: number;
}

/**
 * A physical name made of project and stack, for what has to be known while planning or found by people.
 *
 * Pulumi takes more as a stack's name than AWS takes as a resource's: capitals, underscores, dots, 100 characters.
 * Such a name is cleaned and cut, and a hash of the original keeps `a_b`, `a.b` and `A-b` apart; SageMaker compares
 * names without case. A name that needs neither stays as it is.
 *
 * @example stackName("streaming-ml", "prod") is streaming-ml-prod
 * @example stackName("streaming-ml", "a_b") is streaming-ml-a-b-d2a1b4b6
 */
export function stackName(project: string, stack: string, options: StackNameOptions = {}): string {
  const { separator = "-", maximumLength = MAXIMUM_LENGTH } = options;
  const wanted = `${project}-${stack}`;
  if (PLAIN.test(wanted) && wanted.length <= maximumLength) {
    return wanted.replaceAll("-", separator);
  }
  const hash = createHash("sha256").update(`${project}/${stack}`).digest("hex");
  const words = wanted
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join(separator)
    .slice(0, maximumLength - HASH_LENGTH - 1)
    .split(separator)
    .filter((word) => word !== "");
  return [...words, hash.slice(0, HASH_LENGTH)].join(separator);
}
