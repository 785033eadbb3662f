import { expect } from "chai";

import { stackArns } from "../../bootstrap/permissions/arns";
import { planStack, stackConfig } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";
import { plans } from "./plannedTypes";

const PLACE = {
  partition: "aws",
  region: "us-east-1",
  accountId: "123456789012",
  project: "streaming-ml",
  stack: "prod",
};

describe("the resources of a deployment", function () {
  this.timeout(180_000);

  /** Whether IAM's pattern of an ARN covers it. */
  function covers(patterns: readonly string[], arn: string): boolean {
    return patterns.some((pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", ".*")
          .replaceAll("?", ".")}$`,
      ).test(arn),
    );
  }

  /** ARNs by kind of what is planned under a name. */
  function namedArn({ type, id, inputs }: Registered): [string, string] | undefined {
    const name = inputs.name as string;
    const regional = (service: string, rest: string) =>
      `arn:aws:${service}:us-east-1:123456789012:${rest}`;
    const rows: Record<string, () => [string, string]> = {
      "aws:iam/role:Role": () => ["iam:role", `arn:aws:iam::123456789012:role/${name}`],
      "aws:iam/instanceProfile:InstanceProfile": () => [
        "iam:instance-profile",
        `arn:aws:iam::123456789012:instance-profile/${name}`,
      ],
      "aws:s3/bucket:Bucket": () => ["s3:bucket", `arn:aws:s3:::${String(inputs.bucket)}`],
      "aws:athena/workgroup:Workgroup": () => [
        "athena:workgroup",
        regional("athena", `workgroup/${name}`),
      ],
      "aws:glue/catalogDatabase:CatalogDatabase": () => [
        "glue:database",
        regional("glue", `database/${name}`),
      ],
      "aws:kinesis/stream:Stream": () => ["kinesis:stream", regional("kinesis", `stream/${name}`)],
      "aws:secretsmanager/secret:Secret": () => ["secretsmanager:Secret", id ?? ""],
      "aws:sagemaker/pipeline:Pipeline": () => [
        "sagemaker:pipeline",
        regional("sagemaker", `pipeline/${String(inputs.pipelineName)}`),
      ],
      "aws:sagemaker/modelPackageGroup:ModelPackageGroup": () => [
        "sagemaker:model-package-group",
        regional("sagemaker", `model-package-group/${String(inputs.modelPackageGroupName)}`),
      ],
      "aws:sagemaker/model:Model": () => [
        "sagemaker:model",
        regional("sagemaker", `model/${name}`),
      ],
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration": () => [
        "sagemaker:endpoint-config",
        regional("sagemaker", `endpoint-config/${name}`),
      ],
      "pulumi-nodejs:dynamic/endpoint:EndpointDeployment": () => [
        "sagemaker:endpoint",
        regional("sagemaker", `endpoint/${String(inputs.endpointName)}`),
      ],
      "aws:cloudwatch/metricAlarm:MetricAlarm": () => [
        "cloudwatch:alarm",
        regional("cloudwatch", `alarm:${name}`),
      ],
      "aws:cloudwatch/dashboard:Dashboard": () => [
        "cloudwatch:dashboard",
        `arn:aws:cloudwatch::123456789012:dashboard/${String(inputs.dashboardName)}`,
      ],
      "aws:cloudwatch/eventRule:EventRule": () => [
        "events:rule-on-default-event-bus",
        regional("events", `rule/${name}`),
      ],
      "aws:cloudwatch/eventApiDestination:EventApiDestination": () => [
        "events:api-destination",
        regional("events", `api-destination/${name}/1`),
      ],
      "aws:cloudwatch/logGroup:LogGroup": () => [
        "logs:log-group",
        regional("logs", `log-group:${name}`),
      ],
      "aws:scheduler/schedule:Schedule": () => [
        "scheduler:schedule",
        regional("scheduler", `schedule/default/${name}`),
      ],
      "aws:sns/topic:Topic": () => ["sns:topic", regional("sns", name)],
      "aws:sqs/queue:Queue": () => ["sqs:queue", regional("sqs", name)],
      "aws:wafv2/webAcl:WebAcl": () => [
        "wafv2:webacl",
        regional("wafv2", `regional/webacl/${name}/1`),
      ],
    };
    return rows[type]?.();
  }

  it("are named as every stack names them", async () => {
    let checked = 0;
    for (const [name, plan] of Object.entries(await plans())) {
      const stack = name === "everything" ? "prod" : name;
      const arns = stackArns({ ...PLACE, stack }, "stack");
      for (const resource of plan) {
        const named = namedArn(resource);
        if (named !== undefined) {
          const [kind, arn] = named;
          expect(covers(arns[kind], arn), `${kind}: ${arn}`).to.equal(true);
          checked += 1;
        }
      }
    }
    expect(checked).to.be.greaterThan(150);
  });

  it("are the model package group that a stack file names, where the bootstrap program is told it", async () => {
    const config = stackConfig("dev");
    const training = config["streaming-ml:training"] as object;
    const planned = await planStack("dev", {
      ...config,
      "streaming-ml:training": { ...training, modelPackageGroupName: "Sentiment-Models" },
    });
    const [group] = planned
      .filter(({ type }) => type === "aws:sagemaker/modelPackageGroup:ModelPackageGroup")
      .map((resource) => namedArn(resource)?.[1] ?? "");
    const place = { ...PLACE, stack: "dev" };
    const kind = "sagemaker:model-package-group";
    expect(covers(stackArns(place, "stack")[kind], group)).to.equal(false);
    const told = stackArns({ ...place, modelPackageGroupName: "Sentiment-Models" }, "stack");
    expect(told[kind]).to.deep.equal([group]);
    expect(told["sagemaker:model-package"]).to.deep.equal([
      "arn:aws:sagemaker:us-east-1:123456789012:model-package/Sentiment-Models/*",
    ]);
  });

  it("are no others: no role, bucket or key of the bootstrap program's own", () => {
    const arns = stackArns(PLACE, "stack");
    for (const role of ["stack-dev-deploy-0a1b2c3", "stack-api-role-0a1b2c3", "admin"]) {
      expect(covers(arns["iam:role"], `arn:aws:iam::123456789012:role/${role}`), role).to.equal(
        false,
      );
    }
    expect(covers(arns["s3:bucket"], "arn:aws:s3:::streaming-ml-state-20261129")).to.equal(false);
    expect(
      covers(
        arns["sagemaker:pipeline"],
        "arn:aws:sagemaker:us-east-1:123456789012:pipeline/streaming-ml-dev",
      ),
    ).to.equal(false);
  });
});
