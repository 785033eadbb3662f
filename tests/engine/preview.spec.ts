import { expect } from "chai";
import { rmSync } from "node:fs";
import { join } from "node:path";

import type { Plan } from "../../local/engine/plan";
import { OfflineStack } from "../../local/engine/stack";
import { createRunDirectory } from "../../local/environment/run";

const FIXTURE = join(__dirname, "fixture");

describe("a stack that is not local", function () {
  this.timeout(240_000);
  let runDirectory: string;
  let stack: OfflineStack;

  before(async () => {
    runDirectory = createRunDirectory("engine-test");
    stack = await OfflineStack.open({ stack: "dev", runDirectory, programFolder: FIXTURE });
  });

  after(() => rmSync(runDirectory, { recursive: true, force: true }));

  it("is planned completely, without credentials, including awsx's VPC", async () => {
    const plan = await stack.preview();
    const count = (type: string) => plan.resources.filter((r) => r.type === type).length;
    expect(plan.errors).to.deep.equal([]);
    expect(plan.counts).to.deep.equal({ create: 31 });
    expect(count("aws:ec2/subnet:Subnet")).to.equal(4);
    expect(count("aws:ec2/natGateway:NatGateway")).to.equal(1);
    expect(count("aws:ec2/routeTable:RouteTable")).to.equal(4);
    expect(count("aws:ec2/route:Route")).to.equal(4);
    expect(parentOf(plan, "network-private-1", "aws:ec2/subnet:Subnet")).to.equal("network");
  });

  it("is never deployed", async () => {
    await stack.setConfig({ "engine-fixture:network": "none" });
    const text = await stack.up().then(
      () => "deployed",
      (error: Error) => error.message,
    );
    expect(text).to.match(
      /does not create ".*" \(aws:.*\) in the stack "dev": it only previews it/,
    );
  });

  it("names the unplanned function", async () => {
    await stack.setConfig({ "engine-fixture:unplanned": "true" });
    const text = await stack.preview().then(
      () => "planned",
      (error: Error) => error.message,
    );
    expect(text).to.contain('"aws:ec2/getAmi:getAmi"');
  });
});

function parentOf(plan: Plan, name: string, type: string): string | undefined {
  const child = plan.resources.find((resource) => resource.name === name && resource.type === type);
  return plan.resources.find(({ urn }) => urn === child?.parent)?.name;
}
