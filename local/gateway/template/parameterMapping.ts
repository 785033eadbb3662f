/** What mapped values are read from. */
export interface MappingSource {
  readonly requestId: string;
  /** Headers of the request, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The same headers by their names as the caller sent them. */
  readonly sentHeaders: ReadonlyMap<string, string>;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Headers of the integration's response, by lower-case name; absent in a request mapping. */
  readonly integrationHeaders?: ReadonlyMap<string, string>;
}

type Read = (source: MappingSource) => string | undefined;

/** One entry of `requestParameters` or `responseParameters`. */
export interface ParameterMapping {
  /** `header`, `querystring` or `path`. */
  readonly location: string;
  readonly name: string;
  readonly read: Read;
}

const TARGET =
  /^(integration\.request|method\.response|gatewayresponse)\.(header|querystring|path)\.(.+)$/;

/**
 * Compiles parameter mappings.
 *
 * @throws Error that names an expression which this gateway does not evaluate
 */
export function compileParameterMappings(
  mappings: Readonly<Record<string, string>>,
): ParameterMapping[] {
  return Object.entries(mappings).map(([target, expression]) => {
    const match = TARGET.exec(target);
    if (match === null) {
      throw new Error(`The parameter ${target} is not a target that the local gateway maps to.`);
    }
    return { location: match[2], name: match[3], read: compileExpression(expression) };
  });
}

function compileExpression(expression: string): Read {
  const fixed = /^'(.*)'$/s.exec(expression);
  if (fixed) {
    return () => fixed[1];
  }
  if (expression === "context.requestId") {
    return ({ requestId }) => requestId;
  }
  const source = /^(method\.request|integration\.response)\.(header|querystring|path)\.(.+)$/.exec(
    expression,
  );
  if (source === null) {
    throw new Error(`The parameter expression ${expression} is not evaluated here.`);
  }
  const [, side, location, name] = source;
  if (side === "integration.response") {
    return ({ integrationHeaders }) => integrationHeaders?.get(name.toLowerCase());
  }
  switch (location) {
    case "header":
      return ({ headers }) => headers.get(name.toLowerCase());
    case "path":
      return ({ pathParameters }) => pathParameters[name];
    default:
      return ({ query }) => query.get(name) ?? undefined;
  }
}
