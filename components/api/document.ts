import type { GatewayResponse } from "./gatewayResponses";
import type { Integration } from "./integrations";

/** An OpenAPI 3.0 document with API Gateway's extensions. */
export interface OpenApiDocument {
  readonly openapi: "3.0.1";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  /** Operations by path and lower-case method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Record<string, object>;
  readonly "x-amazon-apigateway-gateway-responses": Readonly<Record<string, GatewayResponse>>;
  readonly [extension: `x-${string}`]: unknown;
}

/** One method of a path. */
export interface Operation {
  readonly operationId?: string;
  readonly summary: string;
  /** Empty: no authorization. */
  readonly security: readonly object[];
  readonly requestBody?: object;
  /** By HTTP status. */
  readonly responses: Readonly<Record<string, OperationResponse>>;
  readonly "x-amazon-apigateway-integration": Integration;
  readonly "x-amazon-apigateway-request-validator"?: string;
}

/** One status of an operation. API Gateway maps only the headers that are declared here. */
export interface OperationResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: object;
}
