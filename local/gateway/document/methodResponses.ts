import type { IntegrationDefinition } from "./extensions";
import { isJsonObject, type JsonObject, resolveReference } from "./reference";

const METHOD_RESPONSE_HEADER = "method.response.header.";

/**
 * Refuses, in API Gateway's words, an integration with responses that its operation does not declare: a status without
 * a method response, or a header that the method response does not have.
 *
 * @throws Error that names all of them
 */
export function requireMethodResponses(
  document: JsonObject,
  definition: JsonObject,
  { responses }: IntegrationDefinition,
): void {
  const declared = isJsonObject(definition.responses) ? definition.responses : {};
  const problems = Object.values(responses).flatMap(({ statusCode, responseParameters }) => {
    const response = resolveReference(document, declared[statusCode]);
    if (!isJsonObject(response)) {
      return [`Invalid Response status code specified: ${statusCode}`];
    }
    const headers = isJsonObject(response.headers) ? response.headers : {};
    return Object.keys(responseParameters)
      .filter((target) => target.startsWith(METHOD_RESPONSE_HEADER))
      .filter((target) => !Object.hasOwn(headers, target.slice(METHOD_RESPONSE_HEADER.length)))
      .map(
        (target) =>
          "Invalid mapping expression specified: Validation Result: warnings : [], errors : " +
          `[Invalid mapping expression parameter specified: ${target}]`,
      );
  });
  if (problems.length > 0) {
    throw new Error([...new Set(problems)].join("; "));
  }
}
