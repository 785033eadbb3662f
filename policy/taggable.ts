import { readFileSync } from "node:fs";

/**
 * Whether AWS takes tags on a resource type, as the installed @pulumi/aws says: its taggable classes have `tagsAll`.
 *
 * @param type Pulumi type token, for example `aws:kinesis/stream:Stream`
 */
export function isTaggable(type: string): boolean {
  const known = answers.get(type);
  if (known !== undefined) {
    return known;
  }
  const [provider, module] = type.split(":");
  const answer =
    provider === "aws" &&
    readFileSync(require.resolve(`@pulumi/aws/${module}`), "utf8").includes("tagsAll");
  answers.set(type, answer);
  return answer;
}

const answers = new Map<string, boolean>();
