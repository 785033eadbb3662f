import { expect } from "chai";
import * as fs from "node:fs";

import { inRepository } from "../../tools/paths";
import { planStack, stackConfig } from "../shared/plannedStacks";
import { at, type Registered } from "../shared/pulumiMocks";

/** Hours of an average month, as AWS's own calculator counts them. */
const HOURS = 730;

const COLUMNS = ["dev, job running", "dev, `job.enabled: false`", "prod"] as const;

/** Rows of the table of costs: cells by column. */
function costRows(): string[][] {
  const page = fs.readFileSync(inRepository("docs", "first-deploy.md"), "utf8");
  const section = page.slice(page.indexOf("## What an idle stack costs"));
  return section
    .slice(0, section.indexOf("\n## ", 1))
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .slice(2);
}

/** Units of each row that a plan asks for, by the row's first cell. */
function units(planned: readonly Registered[]): Record<string, number> {
  const of = (type: string) => planned.filter((one) => one.type === type);
  const count = (type: string) => of(type).length;
  const [cluster] = of("aws:emr/cluster:Cluster").map(({ inputs }) => inputs);
  const [job] = planned.filter(({ type }) => type.endsWith(":StreamingJobStep"));
  const ended = cluster.autoTerminationPolicy !== undefined && job.inputs.enabled === false;
  const fleets = ended
    ? []
    : ["masterInstanceFleet", "coreInstanceFleet"].map((fleet) => ({
        nodes: Number(at(cluster[fleet], "targetOnDemandCapacity")),
        type: String(at(cluster[fleet], "instanceTypeConfigs.0.instanceType")),
        gigabytes: Number(at(cluster[fleet], "instanceTypeConfigs.0.ebsConfigs.0.size")),
      }));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const nodes = (type: string) =>
    sum(fleets.filter((fleet) => fleet.type === type).map((fleet) => fleet.nodes));
  const streams = (mode: string) =>
    of("aws:kinesis/stream:Stream").filter(
      ({ inputs }) => at(inputs, "streamModeDetails.streamMode") === mode,
    );
  return {
    "EC2 `m7g.xlarge`": nodes("m7g.xlarge"),
    "EMR on `m7g.xlarge`": nodes("m7g.xlarge"),
    "EC2 `m7g.2xlarge`": nodes("m7g.2xlarge"),
    "EMR on `m7g.2xlarge`": nodes("m7g.2xlarge"),
    "GB of gp3, without root volumes": sum(fleets.map((fleet) => fleet.nodes * fleet.gigabytes)),
    "NAT gateway": count("aws:ec2/natGateway:NatGateway"),
    "public address": count("aws:ec2/eip:Eip"),
    "interface endpoint, per zone": sum(
      of("aws:ec2/vpcEndpoint:VpcEndpoint")
        .filter(({ inputs }) => inputs.vpcEndpointType === "Interface")
        .map(({ inputs }) => (inputs.subnetIds as string[]).length),
    ),
    "Kinesis shard": sum(streams("PROVISIONED").map(({ inputs }) => Number(inputs.shardCount))),
    "Kinesis on-demand stream": streams("ON_DEMAND").length,
    "KMS key": count("aws:kms/key:Key"),
    "Secrets Manager secret": count("aws:secretsmanager/secret:Secret"),
    // An alarm over an expression is billed by the metrics in it.
    "CloudWatch alarm, per metric": sum(
      of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) =>
        Math.max(
          1,
          ((inputs.metricQueries ?? []) as object[]).filter((query) => "metric" in query).length,
        ),
      ),
    ),
    "CloudWatch dashboard": count("aws:cloudwatch/dashboard:Dashboard"),
    "WAF web ACL": count("aws:wafv2/webAcl:WebAcl"),
    "WAF rule": sum(
      of("aws:wafv2/webAcl:WebAcl").map(({ inputs }) => (inputs.rules as object[]).length),
    ),
    "endpoint on `ml.c5.large`": sum(
      of("aws:sagemaker/endpointConfiguration:EndpointConfiguration")
        .map(({ inputs }) => at(inputs, "productionVariants.0"))
        .filter((variant) => at(variant, "instanceType") === "ml.c5.large")
        .map((variant) => Number(at(variant, "initialInstanceCount"))),
    ),
  };
}

describe("the costs of an idle stack in docs/first-deploy.md", function () {
  this.timeout(180_000);
  const planned: Record<string, number>[] = [];

  before(async () => {
    const dev = stackConfig("dev");
    const jobOff = { ...(dev["streaming-ml:job"] as object), enabled: false };
    planned.push(units(await planStack("dev")));
    planned.push(units(await planStack("dev", { ...dev, "streaming-ml:job": jobOff })));
    planned.push(units(await planStack("prod")));
  });

  it("count what the stacks plan", () => {
    const expected = Object.keys(planned[0]).map((what) =>
      [what, ...planned.map((stack) => stack[what])].join(" | "),
    );
    const rows = costRows().slice(0, -1);
    expect(rows.map(([what, , ...rest]) => [what, ...rest.slice(0, 3)].join(" | "))).to.deep.equal(
      expected,
    );
  });

  it("add up, in whole dollars", () => {
    const rows = costRows();
    const total = rows.pop()!;
    COLUMNS.forEach((column, index) => {
      const dollars = rows.reduce((sum, [, price, ...cells]) => {
        const [, each, unit] = /^([\d.]+) an? (hour|month)$/.exec(price)!;
        return sum + Number(each) * (unit === "hour" ? HOURS : 1) * Number(cells[index]);
      }, 0);
      expect(total[index + 2], column).to.equal(`${Math.round(dollars)} a month`);
    });
  });

  it("say of each price where it was read and when, or that it is remembered", () => {
    for (const [what, , , , , source] of costRows().slice(0, -1)) {
      expect(source, what).to.match(/^(remembered|\[.+\]\(https:\S+\), 2\d{3}(-\d{2}){0,2})/);
    }
  });
});
