import type { PlannedResource, Rule } from "./rule";
import { encrypted } from "./rules/encrypted";
import { metadataByToken } from "./rules/metadataByToken";
import { noPublicBucket } from "./rules/noPublicBucket";
import { noWildcard } from "./rules/noWildcard";
import { privateOnly } from "./rules/privateOnly";
import { protectedInProduction } from "./rules/protectedInProduction";
import { tagged } from "./rules/tagged";
import { isSuppressed } from "./suppressions";

/** All rules. */
export const rules: readonly Rule[] = [
  encrypted,
  privateOnly,
  noPublicBucket,
  tagged,
  protectedInProduction,
  metadataByToken,
  noWildcard,
];

/** A demand a resource does not meet, and that nobody has excused. */
export interface Violation {
  readonly rule: string;
  readonly resource: PlannedResource;
  /** Goes on from the resource's name. */
  readonly sentence: string;
}

/** Everything that is wrong with the resources of one stack. */
export function violations(stack: readonly PlannedResource[]): Violation[] {
  return rules.flatMap((rule) =>
    stack
      .filter((resource) => !isSuppressed(rule.name, resource))
      .flatMap((resource) =>
        rule.check(resource, stack).map((sentence) => ({ rule: rule.name, resource, sentence })),
      ),
  );
}
