import { expect } from "chai";

import { imagesCheck } from "../../../ops/verify/imagesCheck";
import { imageTag, judgeImages } from "../../../ops/verify/imagesVerdict";
import { readPlannedStack } from "../../../ops/verify/plannedStack";
import { quotaCheck } from "../../../ops/verify/quotaCheck";
import { judgeQuotas, quotaNeeds } from "../../../ops/verify/quotaVerdict";
import { serviceLinkedCheck } from "../../../ops/verify/serviceLinkedCheck";
import { judgeServiceLinked, serviceLinkedRoles } from "../../../ops/verify/serviceLinkedVerdict";
import { zonesCheck } from "../../../ops/verify/zonesCheck";
import { judgeZones } from "../../../ops/verify/zonesVerdict";
import { fakeClient } from "../fakeClient";
import { fakeClients } from "./deployedStack";

const dev = readPlannedStack({ stack: "dev" });
const prod = readPlannedStack({ stack: "prod" });

describe("what a stack needs of the account", () => {
  const shown = (needs: ReturnType<typeof quotaNeeds>) =>
    needs.map(({ service, name, least }) => `${service}: ${name}: ${least}`);

  it("is the table of docs/first-deploy.md", () => {
    expect(shown(quotaNeeds(dev))).to.deep.equal([
      "ec2: Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances: 8",
      "ec2: All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests: 8",
      "vpc: VPCs per Region: 1",
      "ec2: EC2-VPC Elastic IPs: 1",
      "sagemaker: ml.m5.xlarge for spot training job usage: 1",
      "sagemaker: ml.m5.xlarge for processing job usage: 1",
    ]);
    expect(shown(quotaNeeds(prod))).to.deep.equal([
      "ec2: Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances: 60",
      "ec2: All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests: 16",
      "vpc: VPCs per Region: 1",
      "ec2: EC2-VPC Elastic IPs: 3",
      "sagemaker: ml.m5.xlarge for training job usage: 2",
      "sagemaker: ml.m5.xlarge for processing job usage: 1",
      "sagemaker: ml.c5.large for endpoint usage: 20",
    ]);
  });

  it("is compared at the limit, and what AWS does not list counts as too low", () => {
    const needs = [{ service: "ec2", name: "cores", least: 8 }];
    expect(judgeQuotas(needs, new Map([["ec2: cores", 8]])).status).to.equal("ok");
    expect(judgeQuotas(needs, new Map([["ec2: cores", 7]])).found).to.equal(
      "Too low for this stack: ec2: cores: 7 of 8.",
    );
    expect(judgeQuotas(needs, new Map()).found).to.equal(
      "Too low for this stack: ec2: cores: not listed of 8.",
    );
  });

  it("is asked of each service once, page by page", async () => {
    const quotas = fakeClient({
      ListServiceQuotas: ({ ServiceCode, NextToken }) =>
        ServiceCode === "ec2" && NextToken === undefined
          ? { Quotas: [{ QuotaName: "x", Value: 1 }], NextToken: "2" }
          : {
              Quotas: quotaNeeds(dev).map(({ name, least }) => ({ QuotaName: name, Value: least })),
            },
    });
    const clients = { ...fakeClients(), serviceQuotas: quotas.client };
    expect((await quotaCheck.run({ planned: dev, clients })).status).to.equal("ok");
    expect(quotas.sent.map(({ input }) => input.ServiceCode)).to.deep.equal([
      "ec2",
      "ec2",
      "vpc",
      "sagemaker",
    ]);
  });
});

describe("the service-linked roles", () => {
  it("have to exist before only where nothing makes them in time", () => {
    const roles = serviceLinkedRoles(true);
    expect(judgeServiceLinked(roles, roles.slice(0, 2)).found).to.equal(
      "2 of 4 are there; AWSServiceRoleForEMRCleanup, AWSServiceRoleForAPIGateway comes with the first resource that needs it.",
    );
    expect(judgeServiceLinked(roles, roles)).to.deep.equal({
      status: "failed",
      found: "The account has no AWSServiceRoleForEC2Spot, which no service creates in time.",
      todo: "aws iam create-service-linked-role --aws-service-name spot.amazonaws.com",
    });
    expect(serviceLinkedRoles(false)).to.have.length(3);
  });

  it("are asked for one by one", async () => {
    const iam = fakeClient({
      GetRole: ({ RoleName }) =>
        RoleName === "AWSServiceRoleForEC2Spot"
          ? Object.assign(new Error("none"), { name: "NoSuchEntityException" })
          : {},
    });
    const clients = { ...fakeClients(), iam: iam.client };
    expect((await serviceLinkedCheck.run({ planned: dev, clients })).status).to.equal("failed");
    expect(iam.sent).to.have.length(4);
  });
});

describe("the zones", () => {
  const fleets = { primary: ["a"], core: ["a", "b"] };

  it("are enough when one of them has a type of every fleet", () => {
    const offerings = [
      { zone: "z1", type: "a" },
      { zone: "z2", type: "b" },
    ];
    expect(judgeZones(fleets, ["z1"], offerings).found).to.equal("z1 offer types of every fleet.");
    expect(judgeZones(fleets, ["z1", "z2"], offerings).found).to.equal(
      "1 of 2 zones offer types of every fleet; none in z2 for primary.",
    );
    expect(judgeZones(fleets, ["z2", "z3"], offerings).found).to.equal(
      "No zone offers a type of every fleet: none in z2 for primary; none in z3 for primary, core.",
    );
  });

  it("are the first ones of the region, or those of the subnets that are there", async () => {
    const types = ["m7g.xlarge", "m6g.xlarge", "r7g.xlarge", "r6g.xlarge"];
    const ec2 = fakeClient({
      DescribeAvailabilityZones: () => ({
        AvailabilityZones: ["us-east-1c", "us-east-1a", "us-east-1b"].map((ZoneName) => ({
          ZoneName,
        })),
      }),
      DescribeSubnets: () => ({ Subnets: [{ AvailabilityZone: "us-east-1c" }] }),
      DescribeInstanceTypeOfferings: () => ({
        InstanceTypeOfferings: types.map((InstanceType) => ({
          InstanceType,
          Location: "us-east-1c",
        })),
      }),
    });
    const clients = { ...fakeClients(), ec2: ec2.client };
    expect((await zonesCheck.run({ planned: dev, clients })).found).to.equal(
      "No zone offers a type of every fleet: none in us-east-1a for primary, core, task; none in us-east-1b for primary, core, task.",
    );
    const network = {
      mode: "existing",
      vpcId: "vpc-00000000000000000",
      privateSubnetIds: ["subnet-00000000000000000"],
    } as const;
    const existing = {
      ...dev,
      network: { ...network, privateSubnetIds: [...network.privateSubnetIds] },
    };
    expect((await zonesCheck.run({ planned: existing, clients })).found).to.equal(
      "us-east-1c offer types of every fleet.",
    );
  });
});

describe("the images", () => {
  it("are looked for in the registry that their address names", async () => {
    const ecr = fakeClient({
      BatchGetImage: ({ repositoryName }) =>
        repositoryName === "tensorflow-training" ? { images: [{}] } : { failures: [{}] },
    });
    const clients = { ...fakeClients(), ecr: ecr.client };
    const verdict = await imagesCheck.run({ planned: dev, clients });
    expect(verdict.found).to.match(/^There is no tensorflow-inference:2\.20-cpu-/);
    expect(ecr.sent[0].input.registryId).to.equal("763104351884");
  });

  it("from elsewhere, or named by a digest, are not judged", () => {
    expect(imageTag("docker.io/library/x:1")).to.equal(undefined);
    expect(imageTag("123456789012.dkr.ecr.us-east-1.amazonaws.com/x@sha256:1")).to.equal(undefined);
    expect(imageTag("123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:1")?.repository).to.equal(
      "a/b",
    );
    expect(judgeImages([], []).status).to.equal("not applicable");
  });
});
