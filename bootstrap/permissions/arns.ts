import { stackName } from "../../components/shared/stackName";

/** Where a stack is, and what it is called. */
export interface StackPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly project: string;
  readonly stack: string;
  /** Name of the model package group. @default project and stack, as a stack file that gives none */
  readonly modelPackageGroupName?: string;
}

/** What Pulumi puts behind a name that is not given: seven hexadecimal digits. */
const SUFFIX = "???????";

/** Logical names of a stack's roles. */
const ROLES = [
  "access-lake-reader",
  "access-on-call",
  "access-producer",
  "access-quarantine-reader",
  "api-log-role",
  "api-role",
  "approval-role",
  "compaction-schedule-role",
  "endpoint-role",
  "spark-instance",
  "spark-service",
  "training-job-role",
  "training-pipeline-role",
  "training-schedule-role",
];

/** Those whose policies depend on the model that serves. */
const MODEL_ROLES = ["access-on-call", "api-role", "endpoint-role"];

/** Which roles somebody may change: all of a stack, or those whose policies depend on its model. */
export type RoleScope = "stack" | "model";

/**
 * ARNs of a stack's resources by IAM's kinds. Names are Pulumi's, logical name and suffix, or the stack's own; ids that
 * AWS gives are open, within account and region.
 */
export function stackArns(place: StackPlace, roles: RoleScope): Record<string, string[]> {
  return {
    ...networkArns(place),
    ...dataArns(place),
    ...computeArns(place, roles),
    ...servingArns(place),
  };
}

function regional({ partition, region, accountId }: StackPlace, service: string) {
  return (...resources: string[]): string[] =>
    resources.map((resource) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`);
}

function networkArns(place: StackPlace): Record<string, string[]> {
  const ec2 = regional(place, "ec2");
  const kinds = [
    "elastic-ip",
    "internet-gateway",
    "natgateway",
    "network-interface",
    "route-table",
    "security-group",
    "security-group-rule",
    "subnet",
    "vpc",
    "vpc-endpoint",
  ];
  return {
    ...Object.fromEntries(kinds.map((kind) => [`ec2:${kind}`, ec2(`${kind}/*`)])),
    "route53:hostedzone": [`arn:${place.partition}:route53:::hostedzone/*`],
  };
}

function dataArns(place: StackPlace): Record<string, string[]> {
  const { partition, project, stack } = place;
  const buckets = ["lake", "lake-artifacts", "lake-access-logs"].map(
    (name) => `arn:${partition}:s3:::${name}-${SUFFIX}`,
  );
  const database = stackName(project, stack, { separator: "_" });
  return {
    "athena:workgroup": regional(place, "athena")(
      `workgroup/lake-queries-${SUFFIX}`,
      `workgroup/lake-quarantine-queries-${SUFFIX}`,
    ),
    "glue:catalog": regional(place, "glue")("catalog"),
    "glue:database": regional(place, "glue")(`database/${database}`),
    "glue:table": regional(place, "glue")(`table/${database}/*`),
    "kinesis:stream": regional(place, "kinesis")(`stream/events-${SUFFIX}`),
    "kinesis:consumer": regional(place, "kinesis")(`stream/events-${SUFFIX}/consumer/*`),
    // IAM checks encrypting a stream against its key, too.
    "kinesis:kmsKey": regional(place, "kms")("key/*"),
    "kms:key": regional(place, "kms")("key/*"),
    "s3:bucket": buckets,
    "s3:object": buckets.map((bucket) => `${bucket}/*`),
    "secretsmanager:Secret": regional(place, "secretsmanager")(
      "secret:lake-quarantine-key-*",
      "secret:lake-user-key-*",
    ),
  };
}

function computeArns(place: StackPlace, scope: RoleScope): Record<string, string[]> {
  const { partition, accountId, project, stack } = place;
  const own = stackName(project, stack);
  const group = place.modelPackageGroupName ?? own;
  const iam = (kind: string, names: readonly string[]) =>
    names.map((name) => `arn:${partition}:iam::${accountId}:${kind}/${name}`);
  const sagemaker = regional(place, "sagemaker");
  return {
    "application-autoscaling:ScalableTarget": regional(
      place,
      "application-autoscaling",
    )("scalable-target/*"),
    "elasticmapreduce:cluster": regional(place, "elasticmapreduce")("cluster/*"),
    "iam:instance-profile": iam("instance-profile", [`spark-instance-${SUFFIX}`]),
    "iam:role": iam(
      "role",
      (scope === "stack" ? ROLES : MODEL_ROLES).map((name) => `${name}-${SUFFIX}`),
    ),
    "sagemaker:endpoint": sagemaker(`endpoint/${own}-*`),
    "sagemaker:endpoint-config": sagemaker("endpoint-config/endpoint-*"),
    "sagemaker:model": sagemaker("model/endpoint-*"),
    "sagemaker:model-package": sagemaker(`model-package/${group}/*`),
    "sagemaker:model-package-group": sagemaker(`model-package-group/${group}`),
    "sagemaker:pipeline": sagemaker(`pipeline/${own}`),
    "sagemaker:pipeline-execution": sagemaker(`pipeline/${own}/execution/*`),
  };
}

function servingArns(place: StackPlace): Record<string, string[]> {
  const { partition, region, accountId, project, stack } = place;
  const own = stackName(project, stack);
  const gateway = (...paths: string[]) =>
    paths.map((path) => `arn:${partition}:apigateway:${region}::/${path}`);
  const rules = regional(place, "events")("rule/alarms-*", "rule/approval-*");
  const events = regional(place, "events");
  return {
    "apigateway:Account": gateway("account"),
    "apigateway:ApiKey": gateway("apikeys/*"),
    "apigateway:ApiKeys": gateway("apikeys"),
    // What is made within an API or a plan is posted to the path of its kind.
    "apigateway:Deployments": gateway("restapis/*/deployments"),
    "apigateway:RestApi": gateway("restapis/*"),
    "apigateway:RestApis": gateway("restapis"),
    "apigateway:Stage": gateway("restapis/*"),
    "apigateway:Stages": gateway("restapis/*/stages"),
    "apigateway:Tags": gateway("tags/*"),
    "apigateway:UsagePlan": gateway("usageplans/*"),
    "apigateway:UsagePlanKeys": gateway("usageplans/*/keys"),
    "apigateway:UsagePlans": gateway("usageplans"),
    "cloudwatch:alarm": regional(place, "cloudwatch")(
      "alarm:alarms-*",
      "alarm:endpoint-*",
      // Those of target tracking, which Application Auto Scaling names after the variant.
      `alarm:TargetTracking-endpoint/${own}-*`,
    ),
    "cloudwatch:dashboard": [`arn:${partition}:cloudwatch::${accountId}:dashboard/${own}`],
    "events:api-destination": events("api-destination/approval-*"),
    "events:connection": events("connection/*"),
    "events:rule-on-default-event-bus": rules,
    "logs:log-group": regional(place, "logs")(
      `log-group:api-access-${SUFFIX}`,
      `log-group:api-access-${SUFFIX}:*`,
    ),
    "scheduler:schedule": regional(place, "scheduler")(
      `schedule/default/compaction-schedule-${SUFFIX}`,
      `schedule/default/training-schedule-${SUFFIX}`,
    ),
    "sns:topic": regional(place, "sns")(`alarms-${SUFFIX}`),
    "sqs:queue": regional(place, "sqs")(`*-undelivered-${SUFFIX}`),
    "wafv2:apigateway": gateway("restapis/*"),
    "wafv2:managedruleset": regional(place, "wafv2")("regional/managedruleset/*"),
    "wafv2:webacl": regional(place, "wafv2")(`regional/webacl/api-firewall-${SUFFIX}/*`),
  };
}

/** Kinds that a stack has resources of. */
export function knownKinds(): string[] {
  const place = { partition: "aws", region: "r", accountId: "1", project: "p", stack: "s" };
  return Object.keys(stackArns(place, "stack"));
}
