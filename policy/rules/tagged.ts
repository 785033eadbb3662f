import type { Rule } from "../rule";
import { isTaggable } from "../taggable";

/** What a bill and an alarm are traced back by. */
const DEMANDED = ["project", "stack"] as const;

/** Everything that takes tags says whose it is. */
export const tagged: Rule = {
  name: "tagged",
  description: "What takes tags carries `project` and `stack`; aws:defaultTags sets them.",
  scope: "resource",
  check({ type, inputs }) {
    if (!isTaggable(type)) {
      return [];
    }
    const tags = { ...(inputs.tagsAll as object), ...(inputs.tags as object) };
    return DEMANDED.filter((name) => !(name in tags)).map(
      (name) => `has no tag "${name}": set it in aws:defaultTags of the stack file`,
    );
  },
};
