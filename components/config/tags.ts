/** Rules for the tags that every resource of a stack carries. */

/** S3 objects allow fewer tags than any other resource, and the provider adds the default tags to them, too. */
const MOST_TAGS = 10;

const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** Characters that every tagging API accepts (AWS Tagging API reference; IAM and SageMaker have the same pattern). */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Problems with a stack's `aws:defaultTags`, each as the end of a sentence about a tag. */
export function tagProblems(tags: unknown): string[] {
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
    return ["must hold the tags as an object: a text by each key"];
  }
  const names = Object.keys(tags);
  const problems =
    names.length > MOST_TAGS
      ? [`has ${names.length} tags, and an object in S3 takes at most ${MOST_TAGS}: remove some`]
      : [];
  for (const [key, value] of Object.entries(tags)) {
    if (key.length > LONGEST_KEY || /^aws:/i.test(key) || key === "" || !CHARACTERS.test(key)) {
      problems.push(
        `has the key "${key}", and AWS takes 1 to ${LONGEST_KEY} letters, digits, spaces and _.:/=+-@, ` +
          "not beginning with aws:. Rename it",
      );
    }
    if (typeof value !== "string" || value.length > LONGEST_VALUE || !CHARACTERS.test(value)) {
      problems.push(
        `has a value under "${key}" that is not a text of at most ${LONGEST_VALUE} letters, digits, spaces ` +
          "and _.:/=+-@. Change it",
      );
    }
  }
  return problems;
}
