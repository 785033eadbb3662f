/** What AWS computes of a resource, and answers to a function, for components under mocks. */

const ACCOUNT = "123456789012";

/** Provider functions a program of ours may call. */
export const FUNCTIONS: Record<string, object> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: ACCOUNT, id: ACCOUNT },
  "aws:index/getPartition:getPartition": { partition: "aws", id: "aws" },
};

/** Properties AWS computes that the components read, by type. */
export const COMPUTED: Record<
  string,
  (name: string, inputs: Record<string, unknown>) => Record<string, unknown>
> = {
  "aws:kinesis/stream:Stream": (name) => ({
    name: `${name}-1a2b3c4`,
    arn: arn("kinesis", `stream/${name}-1a2b3c4`),
  }),
  "aws:kinesis/streamConsumer:StreamConsumer": (name) => ({
    arn: `${arn("kinesis", "stream/events-1a2b3c4")}/consumer/${name}-1a2b3c4:1`,
  }),
  "aws:s3/bucket:Bucket": (name) => ({
    bucket: `${name}-1a2b3c4`,
    arn: `arn:aws:s3:::${name}-1a2b3c4`,
  }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": () => ({
    arn: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
  }),
  "aws:iam/role:Role": (name) => ({
    name: `${name}-1a2b3c4`,
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}-1a2b3c4`,
  }),
  "aws:iam/instanceProfile:InstanceProfile": (name) => ({
    arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`,
  }),
  "aws:glue/catalogDatabase:CatalogDatabase": (_name, { name }) => ({
    arn: arn("glue", `database/${String(name)}`),
  }),
  "aws:glue/catalogTable:CatalogTable": (_name, { databaseName, name }) => ({
    arn: arn("glue", `table/${String(databaseName)}/${String(name)}`),
  }),
  "aws:athena/workgroup:Workgroup": (name) => ({
    arn: arn("athena", `workgroup/${name}-1a2b3c4`),
  }),
  "aws:kms/key:Key": (name) => ({ arn: arn("kms", `key/${name}`), keyId: `${name}-id` }),
  "aws:secretsmanager/secret:Secret": (name) => ({ arn: arn("secretsmanager", `secret:${name}`) }),
  "aws:secretsmanager/secretVersion:SecretVersion": (name) => ({
    arn: arn("secretsmanager", `secret:${name}`),
    versionId: `${name}-id-of-version`,
  }),
  "aws:sns/topic:Topic": (name) => ({ arn: arn("sns", name) }),
  "aws:sqs/queue:Queue": (name) => ({
    name: `${name}-1a2b3c4`,
    arn: arn("sqs", `${name}-1a2b3c4`),
    url: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}-1a2b3c4`,
  }),
  "aws:cloudwatch/eventRule:EventRule": (name) => ({ arn: arn("events", `rule/${name}-1a2b3c4`) }),
  "aws:sagemaker/pipeline:Pipeline": (name) => ({ arn: arn("sagemaker", `pipeline/${name}`) }),
  "aws:apigateway/stage:Stage": (name) => ({
    arn: `arn:aws:apigateway:us-east-1::/restapis/${name}/stages/live`,
    invokeUrl: `https://${name}.execute-api.us-east-1.amazonaws.com/live`,
    executionArn: `arn:aws:execute-api:us-east-1:123456789012:${name}/live`,
  }),
  "aws:apigateway/apiKey:ApiKey": () => ({ value: "mock-api-key-value" }),
  "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: arn("logs", `log-group:${name}`) }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => ({
    arn: arn("cloudwatch", `alarm:${name}-1a2b3c4`),
  }),
  "aws:cloudwatch/eventApiDestination:EventApiDestination": (name) => ({
    arn: arn("events", `api-destination/${name}`),
  }),
  "aws:wafv2/webAcl:WebAcl": (name) => ({ arn: arn("wafv2", `regional/webacl/${name}/1`) }),
  "pulumi-nodejs:dynamic/endpoint:EndpointDeployment": () => ({
    arn: arn("sagemaker", "endpoint/mock"),
  }),
  "aws:emr/cluster:Cluster": () => ({ id: "j-MOCKCLUSTER1" }),
  "awsx:ec2:Vpc": () => ({
    vpcId: "vpc-mock",
    privateSubnetIds: ["subnet-a", "subnet-b"],
    routeTables: [{ id: "rtb-a" }, { id: "rtb-b" }],
  }),
};

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
}
