import { createHash } from "node:crypto";

/** The shortest limit of the services whose resources are named after the stack: SageMaker's, in characters. */
const MAXIMUM_LENGTH = 63;

/** Hexadecimal digits of the hash that distinguishes names that would be the same after cleaning. */
const HASH_LENGTH = 8;

/** Characters that every service accepts between separators, in upper or lower case. */
const PLAIN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export interface StackNameOptions {
  /** Separates words: Glue databases use underscores, so that Athena needs no quotes. @default "-" */
  readonly separator?: "-" | "_";
  /** Maximum length in characters, 20 to 63. @default 63 */
  readonly maximumLength?: number;
}

/**
 * A physical name from project and stack, for resources whose name must be known while planning or found by people.
 *
 * Pulumi allows more in a stack's name than AWS in a resource's: capitals, underscores, dots, 100 characters. Such a
 * name is cleaned and cut, and a hash of the original distinguishes `a_b`, `a.b` and `A-b`; SageMaker compares names
 * without case. A name that is already valid stays unchanged.
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
