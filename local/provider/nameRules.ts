/** Which names each service allows: one row for each resource type that has a name. */

/** Source of a rule: a shape of AWS's published API model, with which a test compares it, or a page. */
export type NameSource =
  | {
      readonly kind: "model";
      readonly service: string;
      readonly shape: string;
      /** Why the rule allows less than the model. */
      readonly stricterBecause?: string;
    }
  | { readonly kind: "page"; readonly text: string };

/** Which names a resource may have. */
export interface NameRule {
  /** Property with the name. */
  readonly property: string;
  /** Longest name, in characters, with the suffix of an automatic name. */
  readonly maximumLength: number;
  /** What the whole name must match. */
  readonly pattern: RegExp;
  /** The pattern in words, for an error: "letters, digits and hyphens". */
  readonly inWords: string;
  readonly source: NameSource;
}

/** A source in AWS's API model: folder of the service and name of the shape there. */
function model(service: string, shape: string, stricterBecause?: string): NameSource {
  return { kind: "model", service, shape, stricterBecause };
}

function page(text: string): NameSource {
  return { kind: "page", text };
}

const sagemaker = (property: string, shape: string): NameRule => ({
  property,
  maximumLength: 63,
  pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
  inWords: "letters, digits and hyphens, with a letter or digit at both ends",
  source: model("sagemaker", shape),
});

const iam = (maximumLength: number, shape: string): NameRule => ({
  property: "name",
  maximumLength,
  pattern: /^[\w+=,.@-]+$/,
  inWords: "letters, digits and _+=,.@-",
  source: model("iam", shape),
});

const dotted = (
  service: string,
  shape: string,
  maximumLength: number,
  property = "name",
): NameRule => ({
  property,
  maximumLength,
  pattern: /^[.\-_A-Za-z0-9]+$/,
  inWords: "letters, digits and ._-",
  source: model(service, shape),
});

const hyphenated = (source: NameSource, maximumLength: number, property = "name"): NameRule => ({
  property,
  maximumLength,
  pattern: /^[\w-]+$/,
  inWords: "letters, digits, hyphens and underscores",
  source,
});

const glue: NameRule = {
  property: "name",
  maximumLength: 255,
  pattern: /^[a-z0-9_]+$/,
  inWords: "lower-case letters, digits and underscores",
  source: model("glue", "NameString", "Athena asks for quotes around anything else in a query"),
};

/** One line of ASCII text, for services that allow any. */
const text = (source: NameSource, maximumLength: number, property = "name"): NameRule => ({
  property,
  maximumLength,
  pattern: /^[\u0020-\u007e]+$/,
  inWords: "printable ASCII characters",
  source,
});

const apiGateway = text(
  page("API Gateway's model has no limit; its documents show ASCII names"),
  255,
);

const alarm = (property: string): NameRule =>
  text(
    model("cloudwatch", "AlarmName", "the model only excludes control characters"),
    255,
    property,
  );

/** Rules by Pulumi type token. */
export const nameRules: Readonly<Record<string, NameRule>> = {
  "aws:apigateway/apiKey:ApiKey": apiGateway,
  "aws:apigateway/restApi:RestApi": apiGateway,
  "aws:apigateway/usagePlan:UsagePlan": apiGateway,
  "aws:apigateway/stage:Stage": hyphenated(
    page("API Gateway developer guide: letters, digits, hyphens, underscores, at most 128"),
    128,
    "stageName",
  ),
  "aws:appautoscaling/policy:Policy": text(model("application-autoscaling", "PolicyName"), 256),
  "aws:athena/workgroup:Workgroup": dotted("athena", "WorkGroupName", 128),
  "aws:cloudwatch/dashboard:Dashboard": hyphenated(
    page("CloudWatch PutDashboard: A-Z, a-z, 0-9, - and _, at most 255"),
    255,
    "dashboardName",
  ),
  "aws:cloudwatch/eventApiDestination:EventApiDestination": dotted(
    "events",
    "ApiDestinationName",
    64,
  ),
  "aws:cloudwatch/eventRule:EventRule": dotted("events", "RuleName", 64),
  "aws:cloudwatch/eventTarget:EventTarget": dotted("events", "TargetId", 64, "targetId"),
  "aws:cloudwatch/logGroup:LogGroup": {
    property: "name",
    maximumLength: 512,
    pattern: /^[.\-_/#A-Za-z0-9]+$/,
    inWords: "letters, digits and ._-/#",
    source: model("logs", "LogGroupName"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm("name"),
  "aws:ec2/securityGroup:SecurityGroup": {
    property: "name",
    maximumLength: 255,
    pattern: /^(?!sg-)[\w .\-:/()#,@[\]+=&;{}!$*]+$/,
    inWords: "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with sg-",
    source: page("EC2 CreateSecurityGroup, GroupName of a VPC's group"),
  },
  "aws:emr/cluster:Cluster": text(
    model("emr", "XmlStringMaxLen256", "nothing here needs more than ASCII"),
    256,
  ),
  "aws:emr/instanceFleet:InstanceFleet": text(
    model("emr", "XmlStringMaxLen256", "nothing here needs more than ASCII"),
    256,
  ),
  "aws:emr/securityConfiguration:SecurityConfiguration": text(
    model(
      "emr",
      "XmlString",
      "the provider itself stops at the same length as for automatic names",
    ),
    255,
  ),
  "aws:glue/catalogDatabase:CatalogDatabase": glue,
  "aws:glue/catalogTable:CatalogTable": glue,
  "aws:iam/instanceProfile:InstanceProfile": iam(128, "instanceProfileNameType"),
  "aws:iam/policy:Policy": iam(128, "policyNameType"),
  "aws:iam/role:Role": iam(64, "roleNameType"),
  "aws:iam/rolePolicy:RolePolicy": iam(128, "policyNameType"),
  "aws:kinesis/stream:Stream": dotted("kinesis", "StreamName", 128),
  "aws:kinesis/streamConsumer:StreamConsumer": dotted("kinesis", "ConsumerName", 128),
  "aws:kms/alias:Alias": {
    property: "name",
    maximumLength: 256,
    pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/,
    inWords: "alias/ and then letters, digits and /_-, not alias/aws/",
    source: model("kms", "AliasNameType", "CreateAlias asks for the prefix and forbids colons"),
  },
  "aws:kms/grant:Grant": {
    property: "name",
    maximumLength: 256,
    pattern: /^[a-zA-Z0-9:/_-]+$/,
    inWords: "letters, digits and :/_-",
    source: model("kms", "GrantNameType"),
  },
  "aws:s3/bucket:Bucket": {
    property: "bucket",
    maximumLength: 63,
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9]$/,
    inWords: "3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends",
    source: page("S3 user guide, bucket naming rules; dots are allowed and break TLS, so not here"),
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": sagemaker(
    "name",
    "EndpointConfigName",
  ),
  "aws:sagemaker/model:Model": sagemaker("name", "ModelName"),
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": sagemaker(
    "modelPackageGroupName",
    "EntityName",
  ),
  "aws:sagemaker/pipeline:Pipeline": {
    ...sagemaker("pipelineName", "PipelineName"),
    source: model("sagemaker", "PipelineName", "named like the model package group, which has 63"),
  },
  "aws:scheduler/schedule:Schedule": dotted("scheduler", "Name", 64),
  "aws:secretsmanager/secret:Secret": {
    property: "name",
    maximumLength: 512,
    pattern: /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+$/,
    inWords: "letters, digits and /_+=.@-, not ending in a hyphen and six characters",
    source: model("secretsmanager", "NameType", "characters and ending by CreateSecret's text"),
  },
  "aws:sns/topic:Topic": hyphenated(page("SNS CreateTopic: letters, digits, _ and -, 256"), 256),
  "aws:sqs/queue:Queue": hyphenated(page("SQS CreateQueue: letters, digits, - and _, 80"), 80),
  "aws:wafv2/webAcl:WebAcl": hyphenated(model("wafv2", "EntityName"), 128),
};

/** What is wrong with a name, in one sentence; undefined if AWS allows it. */
export function nameProblem(rule: NameRule, name: string): string | undefined {
  if (name.length > rule.maximumLength) {
    return `"${name}" has ${name.length} characters, and "${rule.property}" may have at most ${rule.maximumLength}`;
  }
  return rule.pattern.test(name)
    ? undefined
    : `"${name}" is not a valid "${rule.property}": allowed are ${rule.inWords}`;
}
