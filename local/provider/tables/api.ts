import {
  alphanumericId,
  arn,
  asCloudFormation,
  type AwsLocation,
  because,
  idFrom,
  idJoined,
  replacedOn,
  type ResourceTable,
  terraformUnread,
  uuid,
} from "../resourceType";
import { secret, text } from "../wire";

function restApiArn(location: AwsLocation, path: string): string {
  return `arn:${location.partition}:apigateway:${location.region}::/${path}`;
}

/** REST APIs of API Gateway, and their web application firewall. */
export const apiTypes: ResourceTable = {
  "aws:apigateway/restApi:RestApi": {
    identify: () => alphanumericId(10),
    outputs: (_inputs, id, location) => ({
      arn: restApiArn(location, `restapis/${id}`),
      createdDate: "2026-01-01T00:00:00Z",
      executionArn: arn(location, "execute-api", id),
      rootResourceId: alphanumericId(10),
    }),
    replacement: asCloudFormation("AWS::ApiGateway::RestApi"),
  },
  "aws:apigateway/deployment:Deployment": {
    identify: () => alphanumericId(6),
    outputs: () => ({ createdDate: "2026-01-01T00:00:00Z" }),
    replacement: asCloudFormation("AWS::ApiGateway::Deployment", {
      names: { restApi: "RestApiId" },
      also: [
        because("triggers exist to make a new deployment", "triggers"),
        because("only CreateDeployment takes them", "variables"),
      ],
    }),
  },
  "aws:apigateway/stage:Stage": {
    identify: (inputs) => `ags-${text(inputs.restApi)}-${text(inputs.stageName)}`,
    outputs: (inputs, _id, location) => {
      const stage = text(inputs.stageName);
      const api = text(inputs.restApi);
      return {
        arn: restApiArn(location, `restapis/${api}/stages/${stage}`),
        executionArn: arn(location, "execute-api", `${api}/${stage}`),
        invokeUrl: `https://${api}.execute-api.${location.region}.amazonaws.com/${stage}`,
        webAclArn: "",
      };
    },
    replacement: asCloudFormation("AWS::ApiGateway::Stage", { names: { restApi: "RestApiId" } }),
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    identify: idJoined("-", "restApi", "stageName", "methodPath"),
    replacement: replacedOn(
      terraformUnread("apigateway/method_settings.go"),
      "restApi",
      "stageName",
      "methodPath",
    ),
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    identify: () => alphanumericId(6),
    outputs: (_inputs, id, location) => ({ arn: restApiArn(location, `usageplans/${id}`) }),
    replacement: asCloudFormation("AWS::ApiGateway::UsagePlan"),
  },
  "aws:apigateway/apiKey:ApiKey": {
    identify: () => alphanumericId(10),
    outputs: (_inputs, id, location) => ({
      arn: restApiArn(location, `apikeys/${id}`),
      createdDate: "2026-01-01T00:00:00Z",
      lastUpdatedDate: "2026-01-01T00:00:00Z",
      value: secret(alphanumericId(40)),
    }),
    replacement: asCloudFormation("AWS::ApiGateway::ApiKey", {
      not: [because("UpdateApiKey changes it in place", "name")],
    }),
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": {
    identify: idFrom("keyId"),
    outputs: () => ({ name: "", value: secret("") }),
    replacement: asCloudFormation("AWS::ApiGateway::UsagePlanKey"),
  },
  "aws:apigateway/account:Account": {
    identify: () => "api-gateway-account",
    outputs: () => ({ apiKeyVersion: "4", features: ["UsagePlans"], throttleSettings: [] }),
    replacement: asCloudFormation("AWS::ApiGateway::Account"),
  },
  "aws:wafv2/webAcl:WebAcl": {
    identify: uuid,
    outputs: (inputs, id, location) => ({
      arn: arn(location, "wafv2", `regional/webacl/${text(inputs.name)}/${id}`),
      capacity: 0,
      lockToken: uuid(),
    }),
    replacement: asCloudFormation("AWS::WAFv2::WebACL"),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    identify: idJoined(",", "webAclArn", "resourceArn"),
    replacement: asCloudFormation("AWS::WAFv2::WebACLAssociation"),
  },
};
