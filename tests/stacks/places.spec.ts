import { expect } from "chai";

import { nameProblem, nameRules } from "../../local/provider/nameRules";
import { planStack, stackConfig } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";

// These tests prove the inputs the program sends; not that AWS accepts them.

/** Every text in the inputs of a plan, with the resource it stands in. Texts inside documents included. */
function texts(plan: readonly Registered[]): { readonly where: string; readonly text: string }[] {
  return plan.flatMap(({ type, name, inputs }) =>
    textsIn(inputs).map((text) => ({ where: `${type} ${name}`, text })),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value !== null && typeof value === "object"
    ? Object.entries(value)
        .filter(([key]) => key !== "__provider")
        .flatMap(([, inner]) => textsIn(inner))
    : [];
}

/** What belongs to another place than the stack's. */
function strangers(plan: readonly Registered[], partition: string, region: string): string[] {
  return texts(plan).flatMap(({ where, text }) => {
    const arns = [...text.matchAll(/\barn:([\w-]+):[\w-]+:([\w-]*):/g)]
      .filter(([, of, at]) => of !== partition || (at !== "" && at !== region))
      .map(([arn]) => arn);
    const hosts = [...text.matchAll(/[\w.-]+\.amazonaws\.com(\.cn)?\b/g)]
      .map(([host]) => host)
      .filter((host) => host.endsWith(".cn") || !isOf(region, host));
    const regions = [...text.matchAll(/\b(us|eu|ap|cn)(-gov)?-(east|west|north|central)-\d\b/g)]
      .map(([name]) => name)
      .filter((name) => name !== region);
    return [...arns, ...hosts, ...regions].map((found) => `${where}: ${found}`);
  });
}

/** Whether a host is the region's, or a service's name, which has no region. */
function isOf(region: string, host: string): boolean {
  const labels = host.replace(/\.amazonaws\.com$/, "").split(".");
  return labels.length === 1 || labels.includes(region) || host === "logging.s3.amazonaws.com";
}

/** Names that AWS would refuse. */
function badNames(plan: readonly Registered[]): string[] {
  return plan.flatMap(({ type, name, inputs }) => {
    const rule =
      type === "pulumi-nodejs:dynamic/endpoint:EndpointDeployment"
        ? { ...nameRules["aws:sagemaker/model:Model"], property: "endpointName" }
        : nameRules[type];
    const given = rule && inputs[rule.property];
    const problem = typeof given === "string" ? nameProblem(rule, given) : undefined;
    return problem === undefined ? [] : [`${type} ${name}: ${problem}`];
  });
}

describe("a stack in another region, under another name", () => {
  let government: readonly Registered[];
  let odd: readonly Registered[];

  before(async function () {
    this.timeout(180_000);
    government = await planStack("prod", {
      ...stackConfig("prod"),
      "aws:region": "us-gov-west-1",
    });
    odd = await planStack(`Feature_${"x".repeat(60)}.2`, {
      ...stackConfig("dev"),
      "aws:region": "eu-central-1",
    });
  });

  it("writes no ARN, host or region of another partition in GovCloud", () => {
    expect(
      texts(government).filter(({ text }) => text.includes("arn:aws-us-gov:")).length,
    ).to.be.greaterThan(50);
    expect(strangers(government, "aws-us-gov", "us-gov-west-1")).to.deep.equal([]);
  });

  it("writes no ARN, host or region of another region in Frankfurt", () => {
    expect(strangers(odd, "aws", "eu-central-1")).to.deep.equal([]);
  });

  it("finds an ARN and a host of another region, if there are any", () => {
    const planted = [
      {
        type: "t",
        name: "n",
        inputs: { a: ['{"x":"arn:aws:s3:::b"}'], b: "x.cn-north-1.amazonaws.com.cn" },
      },
    ] as unknown as Registered[];
    expect(strangers(planted, "aws-us-gov", "us-gov-west-1")).to.have.members([
      "t n: arn:aws:s3::",
      "t n: x.cn-north-1.amazonaws.com.cn",
      "t n: cn-north-1",
    ]);
  });

  it("has names that AWS takes, whatever the stack is called", () => {
    expect(badNames(odd)).to.deep.equal([]);
    expect(badNames(government)).to.deep.equal([]);
  });

  it("is refused in China before anything is planned", async () => {
    let message = "";
    const planned = await planStack("prod", {
      ...stackConfig("prod"),
      "aws:region": "cn-north-1",
    }).catch((error: unknown) => {
      message = (error as Error).message;
      return [];
    });
    expect(planned).to.deep.equal([]);
    expect(message.split("\n")).to.have.length(2);
    expect(message).to.contain("aws:region lies in the partition aws-cn");
  });
});
