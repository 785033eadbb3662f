import { type ErrorCode, ERRORS } from "../../contracts/predictionErrors";
import { errorTemplate } from "./errorBodies";

/** The SageMaker endpoint that predictions come from. */
export interface EndpointTarget {
  readonly partition: string;
  readonly region: string;
  /** Name of the SageMaker endpoint. */
  readonly name: string;
  /** Role API Gateway invokes it with. */
  readonly roleArn: string;
}

/** The value of `x-amazon-apigateway-integration`. */
export interface Integration {
  readonly type: "aws" | "mock";
  readonly passthroughBehavior: "never";
  readonly requestTemplates: { readonly "application/json": string };
  readonly responses: Readonly<Record<string, IntegrationResponse>>;
  readonly httpMethod?: "POST";
  readonly uri?: string;
  readonly credentials?: string;
  readonly requestParameters?: Record<string, string>;
  readonly timeoutInMillis?: number;
}

/** The response to the client when the integration's status matches. */
export interface IntegrationResponse {
  readonly statusCode: string;
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: { readonly "application/json": string };
}

/**
 * Errors by SageMaker Runtime's status; the key is the pattern that API Gateway matches
 * against it. Statuses: InvokeEndpoint API reference. A request that passed validation gets 400 only
 * when the endpoint does not exist, and 424 when the model's container refused or failed.
 */
const ENDPOINT_ERRORS: Record<string, ErrorCode> = {
  "400": "endpoint_unavailable",
  "413": "request_too_large",
  "424": "model_error",
  "429": "endpoint_busy",
  "5\\d{2}": "endpoint_unavailable",
  default: "bad_gateway",
};

/**
 * Calls the SageMaker endpoint directly, without a function in between.
 *
 * @param requestTemplate the body to send; `$input.body` sends the caller's body unchanged
 * @param answer fixed body for a success; absent: the endpoint's response is returned
 */
export function endpointIntegration(
  target: EndpointTarget,
  timeoutMilliseconds: number,
  requestTemplate: string,
  answer?: string,
): Integration {
  return {
    type: "aws",
    httpMethod: "POST",
    // The double slash separates an empty action from the path; it is part of the syntax.
    uri:
      `arn:${target.partition}:apigateway:${target.region}:runtime.sagemaker:` +
      `path//endpoints/${target.name}/invocations`,
    credentials: target.roleArn,
    passthroughBehavior: "never",
    timeoutInMillis: timeoutMilliseconds,
    requestParameters: {
      "integration.request.header.Content-Type": "'application/json'",
      "integration.request.header.Accept": "'application/json'",
    },
    requestTemplates: { "application/json": requestTemplate },
    responses: {
      "2\\d{2}": { statusCode: "200", ...(answer === undefined ? {} : json(answer)) },
      ...Object.fromEntries(
        Object.entries(ENDPOINT_ERRORS).map(([pattern, code]) => [pattern, failure(code)]),
      ),
    },
  };
}

/** A mock integration that returns 503: the API exists before the first model does. */
export function noModelIntegration(): Integration {
  return mock(503, failure("no_model"));
}

/** A mock integration that returns a fixed JSON value. */
export function fixedIntegration(value: object): Integration {
  return mock(200, { statusCode: "200", ...json(literalTemplate(value)) });
}

/** Error codes that an operation with the given integration may return. */
export function integrationErrors(hasEndpoint: boolean): ErrorCode[] {
  return hasEndpoint ? [...new Set(Object.values(ENDPOINT_ERRORS))] : ["no_model"];
}

function mock(status: number, response: IntegrationResponse): Integration {
  return {
    type: "mock",
    passthroughBehavior: "never",
    requestTemplates: { "application/json": `{"statusCode":${status}}` },
    responses: { default: response },
  };
}

function failure(code: ErrorCode): IntegrationResponse {
  return { statusCode: String(ERRORS[code].status), ...json(errorTemplate(code)) };
}

function json(template: string): { responseTemplates: { "application/json": string } } {
  return { responseTemplates: { "application/json": template } };
}

/** A template that yields a JSON value. `$` and `#` start template directives, so JSON strings escape them. */
export function literalTemplate(value: object): string {
  return JSON.stringify(value).replaceAll("$", "\\u0024").replaceAll("#", "\\u0023");
}
