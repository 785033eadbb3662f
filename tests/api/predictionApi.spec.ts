import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { createHash } from "node:crypto";

import { apiConfigSchema } from "../../components/api/config";
import { buildOpenApi } from "../../components/api/openApi";
import { PredictionApi } from "../../components/api/predictionApi";
import { deploymentTarget } from "../../components/shared/target";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const MODEL = { version: 3, modelPackageArn: "arn:package/3" };

/** Stands for the endpoint's deployment. */
class Deployment extends pulumi.ComponentResource {
  constructor() {
    super("test:endpoint:Deployment", "deployment");
  }
}

async function build(
  config: object = {},
  served = true,
): Promise<{ api: PredictionApi; registered: Registered[] }> {
  const registered = await mockStack("test");
  const api = new PredictionApi("api", {
    ...apiConfigSchema.parse(config),
    target: deploymentTarget("us-east-1"),
    prediction: readPredictionContract("sentiment"),
    artifactBucket: "artifacts",
    ...(served
      ? {
          endpoint: { endpointName: "e-1", arn: "arn:endpoint/e-1", deployment: new Deployment() },
          model: MODEL,
        }
      : {}),
  });
  await settled();
  return { api, registered };
}

const body = (registered: readonly Registered[]): string =>
  find(registered, REST_API, "api").inputs.body as string;

describe("PredictionApi", () => {
  it("imports the document, and replaces the deployment with its content", async () => {
    const { registered } = await build();
    expect(find(registered, REST_API, "api").inputs).to.deep.include({
      putRestApiMode: "overwrite",
      endpointConfiguration: { types: "REGIONAL" },
      description: "Sentiment predictions",
    });
    expect(body(registered)).to.contain("/endpoints/e-1/invocations");
    expect(
      find(registered, "aws:apigateway/deployment:Deployment", "api").inputs.triggers,
    ).to.deep.equal({ document: createHash("sha256").update(body(registered)).digest("hex") });
  });

  it("may invoke its endpoint and nothing else", async () => {
    const { registered } = await build();
    // Named after the endpoint: the rights to an old one must outlive the move to a new one.
    const policy = find(registered, "aws:iam/rolePolicy:RolePolicy", "api-rights-e-1").inputs;
    expect(statements(policy.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "InvokeEndpoint",
        Action: "sagemaker:InvokeEndpoint",
        Resource: "arn:endpoint/e-1",
      },
    ]);
    expect(body(registered)).to.contain("arn:aws:iam::123456789012:role/api-role-1a2b3c4");
    expect(trust(registered, "api-role")).to.deep.equal(TAKEN_BY_API_GATEWAY);
  });

  const trust = (registered: Registered[], role: string) =>
    statements(find(registered, "aws:iam/role:Role", role).inputs.assumeRolePolicy);
  // API Gateway does not say for which account it takes a role, so no condition may ask for it.
  const TAKEN_BY_API_GATEWAY = [
    {
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ];

  it("exists before there is a model, without a role to invoke anything", async () => {
    const { api, registered } = await build({}, false);
    expect(body(registered)).to.contain("no_model").and.not.contain("runtime.sagemaker");
    expect(namesOf(registered, "aws:iam/role:Role")).to.deep.equal([]);
    expect(await valueOf(api.url)).to.equal("https://api.execute-api.us-east-1.amazonaws.com/live");
  });

  it("publishes the document under its own hash, without what only the gateway needs", async () => {
    const { api, registered } = await build();
    const { inputs } = find(registered, "aws:s3/bucketObjectv2:BucketObjectv2", "api-document");
    const content = inputs.content as string;
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
    expect(inputs.key).to.equal(`api/openapi-${hash}.json`);
    expect(await valueOf(api.openApiUri)).to.equal(`s3://artifacts/api/openapi-${hash}.json`);
    expect(content).to.not.match(/x-amazon|arn:/);
    expect(content).to.contain(await valueOf(api.url));
  });

  it("allows the configured browsers, and none without configuration", async () => {
    const options = (registered: readonly Registered[]) => {
      const { paths } = JSON.parse(body(registered)) as {
        paths: Record<string, Record<string, object>>;
      };
      return Object.values(paths).map((item) => item.options);
    };
    const origins = ["https://app.example.com"];
    const closed = (await build()).registered;
    const { registered } = await build({ cors: { origins } });
    expect(options(closed)).to.deep.equal([undefined, undefined, undefined]);
    expect(body(closed)).to.not.match(/access-control/i);
    for (const preflight of options(registered)) {
      expect(preflight).to.have.nested.property(
        "x-amazon-apigateway-integration.responses.default.responseParameters",
      );
    }
    expect(body(registered)).to.equal(
      JSON.stringify(
        buildOpenApi({
          ...apiConfigSchema.parse({ cors: { origins } }),
          prediction: readPredictionContract("sentiment"),
          endpoint: {
            name: "e-1",
            region: "us-east-1",
            partition: "aws",
            roleArn: "arn:aws:iam::123456789012:role/api-role-1a2b3c4",
          },
          model: MODEL,
        }),
      ),
    );
    const deployed = (plan: readonly Registered[]) =>
      find(plan, "aws:apigateway/deployment:Deployment", "api").inputs.triggers;
    expect(deployed(registered)).to.not.deep.equal(deployed(closed));
    const published = find(
      registered,
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "api-document",
    ).inputs;
    expect(published.content)
      .to.contain("Access-Control-Allow-Origin")
      .and.not.contain('"options"');
  });

  it("limits the stage and the key's plan to the configured rates", async () => {
    const { registered } = await build({
      throttle: { ratePerSecond: 7, burst: 9 },
      quota: { requests: 1000, period: "DAY" },
      stageName: "blue",
    });
    expect(find(registered, STAGE, "api").inputs).to.include({
      stageName: "blue",
      xrayTracingEnabled: true,
    });
    expect(
      find(registered, "aws:apigateway/methodSettings:MethodSettings", "api").inputs,
    ).to.deep.include({
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        dataTraceEnabled: false,
        loggingLevel: "OFF",
        throttlingRateLimit: 7,
        throttlingBurstLimit: 9,
      },
    });
    const plan = find(registered, "aws:apigateway/usagePlan:UsagePlan", "api").inputs;
    expect(plan).to.deep.include({
      apiStages: [{ apiId: "api-id", stage: "blue" }],
      throttleSettings: { rateLimit: 7, burstLimit: 9 },
      quotaSettings: { limit: 1000, period: "DAY" },
    });
    expect(
      find(registered, "aws:apigateway/usagePlanKey:UsagePlanKey", "api").inputs,
    ).to.deep.equal({ keyId: "api-id", keyType: "API_KEY", usagePlanId: "api-id" });
  });

  it("says what a caller that signs its requests must be allowed to invoke", async () => {
    const { api } = await build({ authorization: "iam" });
    expect(await valueOf(api.invokeArn)).to.equal(
      "arn:aws:execute-api:us-east-1:123456789012:api/live/*",
    );
  });

  it("keeps the key's value secret", async () => {
    const { api } = await build();
    expect(await pulumi.isSecret(api.apiKeyValue)).to.equal(true);
    expect(await pulumi.isSecret(api.apiKeyId)).to.equal(false);
  });

  it("has neither firewall nor access log nor quota unless asked", async () => {
    const { registered } = await build();
    expect(namesOf(registered, WEB_ACL)).to.deep.equal([]);
    expect(namesOf(registered, "aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
    expect(namesOf(registered, "aws:apigateway/account:Account")).to.deep.equal([]);
    expect(find(registered, STAGE, "api").inputs).to.not.have.property("accessLogSettings");
    expect(
      find(registered, "aws:apigateway/usagePlan:UsagePlan", "api").inputs,
    ).to.not.have.property("quotaSettings");
  });

  it("logs access without bodies, addresses and keys, and owns the account's role when configured", async () => {
    const { registered } = await build({
      accessLog: { retentionDays: 90, manageAccountRole: true },
    });
    const { accessLogSettings } = find(registered, STAGE, "api").inputs as {
      accessLogSettings: { destinationArn: string; format: string };
    };
    expect(accessLogSettings.destinationArn).to.contain("api-access");
    expect(accessLogSettings.format).to.not.match(/body|sourceIp|identity\.apiKey[^I]/i);
    expect(namesOf(registered, "aws:apigateway/account:Account")).to.deep.equal(["api-account"]);
    expect(trust(registered, "api-log-role")).to.deep.equal(TAKEN_BY_API_GATEWAY);
  });

  it("puts the firewall before the stage: a rate limit, and body rules that only count", async () => {
    const { registered } = await build({ waf: { requestsPerFiveMinutes: 36000 } });
    const { rules } = find(registered, WEB_ACL, "api-firewall").inputs as {
      rules: {
        statement: {
          rateBasedStatement?: object;
          managedRuleGroupStatement?: { ruleActionOverrides: { name: string }[] };
        };
      }[];
    };
    expect(rules[0].statement.rateBasedStatement).to.deep.equal({
      limit: 36000,
      evaluationWindowSec: 300,
      aggregateKeyType: "IP",
    });
    expect(
      rules[1].statement.managedRuleGroupStatement?.ruleActionOverrides.map(({ name }) => name),
    ).to.include("SizeRestrictions_BODY");
    expect(
      find(registered, "aws:wafv2/webAclAssociation:WebAclAssociation", "api-firewall").inputs
        .resourceArn,
    ).to.equal("arn:aws:apigateway:us-east-1::/restapis/api/stages/live");
  });

  it("is the parent of what it makes", async () => {
    const { api } = await build();
    expect(await valueOf(api.stage.urn)).to.contain(
      "streaming-ml:api:PredictionApi$aws:apigateway/stage:Stage::api",
    );
  });
});
