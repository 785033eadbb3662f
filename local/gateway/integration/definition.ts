import type { IntegrationDefinition, IntegrationResponseDefinition } from "../document/extensions";
import { compileTemplate, type MappingTemplate } from "../template/mappingTemplate";
import { compileParameterMappings, type ParameterMapping } from "../template/parameterMapping";
import { compileResponseTemplate, type ResponseTemplate } from "../template/responseTemplate";

/** Templates by media type. */
export type Templates = ReadonlyMap<string, MappingTemplate>;

/** How a response of the integration becomes the response to the caller. */
export interface IntegrationResponse {
  readonly pattern: RegExp;
  readonly status: number;
  readonly parameters: readonly ParameterMapping[];
  /** Empty: the body is returned unchanged. */
  readonly templates: ReadonlyMap<string, ResponseTemplate>;
}

/** An AWS service and the path that is called there. */
export interface AwsTarget {
  /** As in the URI, for example `runtime.sagemaker`. */
  readonly service: string;
  /** With references such as `${stageVariables.name}`. */
  readonly path: string;
  readonly method: string;
  /** Name of the role that makes the call. Undefined: no role. */
  readonly role?: string;
}

/** A compiled integration. */
export interface Integration {
  /** Undefined: the integration is a mock. */
  readonly target?: AwsTarget;
  readonly passthroughBehavior: IntegrationDefinition["passthroughBehavior"];
  readonly requestTemplates: Templates;
  readonly requestParameters: readonly ParameterMapping[];
  readonly responses: readonly IntegrationResponse[];
  readonly timeoutMilliseconds: number;
}

const ROLE_ARN = /^arn:[\w-]+:iam::\d+:role\/(?:.*\/)?([^/]+)$/;

const AWS_URI = /^arn:[\w-]+:apigateway:[\w-]+:([\w.-]+):path\/(.*)$/;

/** @throws Error that names what cannot be executed */
export function compileIntegration(definition: IntegrationDefinition): Integration {
  return {
    target: definition.type === "aws" ? awsTarget(definition) : undefined,
    passthroughBehavior: definition.passthroughBehavior,
    requestTemplates: compileTemplates(definition.requestTemplates),
    requestParameters: compileParameterMappings(definition.requestParameters),
    responses: compileResponses(definition.responses),
    timeoutMilliseconds: definition.timeoutInMillis,
  };
}

export function compileTemplates(templates: Readonly<Record<string, string>>): Templates {
  return byMediaType(templates, compileTemplate);
}

function byMediaType<Compiled>(
  templates: Readonly<Record<string, string>>,
  compile: (template: string) => Compiled,
): Map<string, Compiled> {
  return new Map(
    Object.entries(templates)
      .filter(([, template]) => template !== "__passthrough__")
      .map(([mediaType, template]) => [mediaType.toLowerCase(), compile(template)]),
  );
}

function awsTarget({ uri, httpMethod, credentials }: IntegrationDefinition): AwsTarget {
  const match = AWS_URI.exec(uri ?? "");
  if (match === null || httpMethod === undefined) {
    throw new Error(
      "An integration of type aws needs `httpMethod` and a `uri` of the form " +
        `arn:PARTITION:apigateway:REGION:SERVICE:path/PATH. Received: ${uri}, ${httpMethod}.`,
    );
  }
  const [, service, path] = match;
  return {
    service,
    path: path.startsWith("/") ? path : `/${path}`,
    method: httpMethod,
    role: ROLE_ARN.exec(credentials ?? "")?.[1],
  };
}

/** In the order in which they are tried: that of the document, with `default` last. */
function compileResponses(
  definitions: Readonly<Record<string, IntegrationResponseDefinition>>,
): IntegrationResponse[] {
  const patterns = Object.keys(definitions).filter((pattern) => pattern !== "default");
  const ordered = "default" in definitions ? [...patterns, "default"] : patterns;
  return ordered.map((pattern) => {
    const { statusCode, responseParameters, responseTemplates } = definitions[pattern];
    return {
      pattern: pattern === "default" ? /^/ : new RegExp(`^(?:${pattern})$`),
      status: Number(statusCode),
      parameters: compileParameterMappings(responseParameters),
      templates: byMediaType(responseTemplates ?? {}, compileResponseTemplate),
    };
  });
}
