import { z } from "zod";

const textMap = z.record(z.string(), z.string());

const integrationResponseSchema = z.strictObject({
  statusCode: z.coerce.string().regex(/^[1-5]\d{2}$/),
  responseParameters: textMap.default({}),
  responseTemplates: textMap.optional(),
});

/**
 * The part of `x-amazon-apigateway-integration` that this gateway executes. Any other property is
 * refused, because AWS would not ignore it.
 * Source: API Gateway developer guide, "x-amazon-apigateway-integration object".
 */
export const integrationSchema = z.strictObject({
  type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["aws", "mock"])),
  httpMethod: z.string().toUpperCase().optional(),
  uri: z.string().optional(),
  credentials: z.string().optional(),
  passthroughBehavior: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["never", "when_no_match", "when_no_templates"]))
    .default("when_no_match"),
  requestParameters: textMap.default({}),
  requestTemplates: textMap.default({}),
  responses: z.record(z.string(), integrationResponseSchema).default({}),
  timeoutInMillis: z.int().min(50).max(300_000).default(29_000),
});

export type IntegrationDefinition = z.infer<typeof integrationSchema>;
export type IntegrationResponseDefinition = z.infer<typeof integrationResponseSchema>;

/** `x-amazon-apigateway-gateway-responses`. */
export const gatewayResponsesSchema = z.record(
  z.string(),
  z.strictObject({
    statusCode: z.coerce
      .string()
      .regex(/^[1-5]\d{2}$/)
      .optional(),
    responseParameters: textMap.default({}),
    responseTemplates: textMap.default({}),
  }),
);

export type GatewayResponseDefinitions = z.infer<typeof gatewayResponsesSchema>;

/** `x-amazon-apigateway-request-validators`. */
export const requestValidatorsSchema = z.record(
  z.string(),
  z.strictObject({
    validateRequestBody: z.boolean().default(false),
    validateRequestParameters: z.boolean().default(false),
  }),
);

/** Extensions that this gateway executes; any other `x-amazon-apigateway-` key is refused. */
export const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  "x-amazon-apigateway-any-method",
  "x-amazon-apigateway-api-key-source",
  "x-amazon-apigateway-authtype",
  "x-amazon-apigateway-gateway-responses",
  "x-amazon-apigateway-integration",
  "x-amazon-apigateway-request-validator",
  "x-amazon-apigateway-request-validators",
]);
