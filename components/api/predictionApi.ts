import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { policyDocument, serviceTrust } from "../shared/iam";
import { completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import { createAccessLog } from "./accessLog";
import { type ApiConfig, apiConfigSchema, type ApiSettings } from "./config";
import { createFirewall } from "./firewall";
import { buildOpenApi, type ModelDescription, publishedDocument } from "./openApi";
import { ACCESS_LOG_FORMAT, buildMethodSettings } from "./stageSettings";

export interface PredictionApiArgs extends ApiSettings {
  readonly target: DeploymentTarget;
  /** Request and response of the deployed model. */
  readonly prediction: PredictionContract;
  /** Absent before a model is approved: predictions return 503 with the code no_model. */
  readonly endpoint?: {
    readonly endpointName: string;
    readonly arn: pulumi.Input<string>;
    /** The deployment that must be in service before requests are sent to it. */
    readonly deployment: pulumi.Resource;
  };
  /** Response of `GET /v1/model` about the deployed model. */
  readonly model?: ModelDescription;
  /** Name of the bucket the OpenAPI document is published to. */
  readonly artifactBucket: pulumi.Input<string>;
}

/**
 * The REST API that other teams call for predictions: an OpenAPI document, imported unchanged, in front of the
 * SageMaker endpoint. It exists from the first deployment on, with or without a model.
 */
export class PredictionApi extends pulumi.ComponentResource {
  /** Base URL, without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  /** `s3://` address of the published OpenAPI document. */
  public readonly openApiUri: pulumi.Output<string>;
  public readonly apiKeyId: pulumi.Output<string>;
  /** Every operation of the stage, for `execute-api:Invoke` in a caller's policy. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Secret. */
  public readonly apiKeyValue: pulumi.Output<string>;
  public readonly restApi: aws.apigateway.RestApi;
  public readonly stage: aws.apigateway.Stage;

  constructor(name: string, given: PredictionApiArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "PredictionApi",
      name,
      apiConfigSchema,
      given,
      "target",
      "prediction",
      "endpoint",
      "model",
      "artifactBucket",
    );
    super("streaming-ml:api:PredictionApi", name, {}, opts);
    const { region, partition } = args.target;
    const role = args.endpoint && this.createRole(name, args.endpoint);
    const document = pulumi.output({ partition, roleArn: role?.role.arn }).apply((known) =>
      buildOpenApi({
        ...args,
        endpoint:
          args.endpoint === undefined || known.roleArn === undefined
            ? undefined
            : {
                name: args.endpoint.endpointName,
                region,
                partition: known.partition,
                roleArn: known.roleArn,
              },
      }),
    );
    const body = document.apply((known) => JSON.stringify(known));
    this.restApi = new aws.apigateway.RestApi(
      name,
      {
        description: args.prediction.title,
        body,
        putRestApiMode: "overwrite",
        endpointConfiguration: { types: "REGIONAL" },
      },
      {
        parent: this,
        // The document has only the endpoint's name, so Pulumi needs this to wait until it is in service.
        dependsOn:
          args.endpoint === undefined || role === undefined
            ? []
            : [args.endpoint.deployment, role.permissions],
      },
    );
    const deployment = new aws.apigateway.Deployment(
      name,
      {
        restApi: this.restApi.id,
        description: "Replaced when the OpenAPI document changes",
        triggers: { document: body.apply(sha256) },
      },
      { parent: this },
    );
    const log = args.accessLog && createAccessLog(name, { ...args.accessLog, partition }, this);
    this.stage = new aws.apigateway.Stage(
      name,
      {
        restApi: this.restApi.id,
        deployment: deployment.id,
        stageName: args.stageName,
        xrayTracingEnabled: args.tracing,
        ...(log === undefined
          ? {}
          : { accessLogSettings: { destinationArn: log.group.arn, format: ACCESS_LOG_FORMAT } }),
      },
      { parent: this, dependsOn: log?.account === undefined ? [] : [log.account] },
    );
    new aws.apigateway.MethodSettings(
      name,
      {
        restApi: this.restApi.id,
        stageName: this.stage.stageName,
        methodPath: "*/*",
        settings: buildMethodSettings(args),
      },
      { parent: this },
    );
    const key = this.createKey(name, args);
    if (args.waf !== undefined) {
      createFirewall(name, { stageArn: this.stage.arn, ...args.waf }, this);
    }
    this.url = this.stage.invokeUrl.apply((url) => url.replace(/\/+$/, ""));
    this.openApiUri = this.publish(name, args.artifactBucket, document);
    this.invokeArn = pulumi.interpolate`${this.stage.executionArn}/*`;
    this.apiKeyId = key.id;
    this.apiKeyValue = pulumi.secret(key.value);
    this.registerOutputs({
      url: this.url,
      openApiUri: this.openApiUri,
      invokeArn: this.invokeArn,
      apiKeyId: this.apiKeyId,
      apiKeyValue: this.apiKeyValue,
    });
  }

  /** The role API Gateway invokes the endpoint with: one action, one endpoint. */
  private createRole(
    name: string,
    endpoint: NonNullable<PredictionApiArgs["endpoint"]>,
  ): { role: aws.iam.Role; permissions: aws.iam.RolePolicy } {
    const role = new aws.iam.Role(
      `${name}-role`,
      // API Gateway sends no aws:SourceAccount when it assumes this role.
      { assumeRolePolicy: serviceTrust("apigateway.amazonaws.com") },
      { parent: this },
    );
    const permissions = new aws.iam.RolePolicy(
      // A new endpoint gets its own policy. The old policy is deleted with the old endpoint, which gets requests until
      // the stage is updated.
      `${name}-rights-${endpoint.endpointName}`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "InvokeEndpoint",
            Action: "sagemaker:InvokeEndpoint",
            Resource: endpoint.arn,
          },
        ]),
      },
      { parent: this },
    );
    return { role, permissions };
  }

  private createKey(name: string, { throttle, quota }: ApiConfig): aws.apigateway.ApiKey {
    const plan = new aws.apigateway.UsagePlan(
      name,
      {
        description: "Teams that ask for predictions",
        apiStages: [{ apiId: this.restApi.id, stage: this.stage.stageName }],
        throttleSettings: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
        ...(quota === undefined
          ? {}
          : { quotaSettings: { limit: quota.requests, period: quota.period } }),
      },
      { parent: this },
    );
    const key = new aws.apigateway.ApiKey(
      name,
      { description: "The stack's own key; further teams get keys of their own" },
      { parent: this },
    );
    new aws.apigateway.UsagePlanKey(
      name,
      { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
      { parent: this },
    );
    return key;
  }

  private publish(
    name: string,
    bucket: pulumi.Input<string>,
    document: pulumi.Output<ReturnType<typeof buildOpenApi>>,
  ): pulumi.Output<string> {
    const content = pulumi
      .all([document, this.url])
      .apply(([known, url]) => JSON.stringify(publishedDocument(known, url), undefined, 2));
    const object = new aws.s3.BucketObjectv2(
      `${name}-document`,
      {
        bucket,
        key: content.apply(
          (text) => `${ARTIFACT_PREFIXES.api}/openapi-${sha256(text).slice(0, 16)}.json`,
        ),
        content,
        contentType: "application/json",
      },
      // Consumers may still use the URL of an older document.
      { parent: this, retainOnDelete: true },
    );
    return pulumi.interpolate`s3://${object.bucket}/${object.key}`;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
