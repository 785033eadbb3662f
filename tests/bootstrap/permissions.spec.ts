import { expect } from "chai";
import { readFileSync } from "node:fs";

import { knownKinds } from "../../bootstrap/permissions/arns";
import authorization from "../../bootstrap/permissions/authorization.json";
import handlers from "../../bootstrap/permissions/handlers.json";
import { isNamed, isReading, reviewedActions } from "../../bootstrap/permissions/review";
import { actionsOf, documentedActions } from "../../bootstrap/permissions/reviewed";
import { stackStatements } from "../../bootstrap/permissions/statements";
import { PERMISSIONS } from "../../bootstrap/permissions/table";
import { APPROVAL_TYPES } from "../../bootstrap/rolePermissions";
import { filesBelow, inRepository } from "../../tools/paths";
import { handlerActions, resourceKinds } from "../../tools/permissions/handlers";
import { planStack, stackConfig } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";
import { askingTypes, plans } from "./plannedTypes";

const PLACE = {
  partition: "aws",
  region: "us-east-1",
  accountId: "123456789012",
  project: "streaming-ml",
  stack: "prod",
};

/** Types that a plan never shows, with rows all the same. */
const UNPLANNED = ["pulumi:pulumi:Stack"];

describe("the permissions of a deployment", function () {
  this.timeout(180_000);
  let planned: Record<string, readonly Registered[]>;

  before(async () => {
    planned = await plans();
  });

  it("are known for every type that dev, prod and a stack with every option plan, and for no other", () => {
    const types = askingTypes(Object.values(planned));
    expect(types.length).to.be.greaterThan(60);
    expect(() => actionsOf(types)).not.to.throw();
    expect(Object.keys(PERMISSIONS).sort()).to.deep.equal([...types, ...UNPLANNED].sort());
  });

  it("are refused for a type that was not reviewed", () => {
    expect(() => actionsOf(["aws:lambda/function:Function", "aws:ec2/vpc:Vpc"])).to.throw(
      "No permissions are known for aws:lambda/function:Function: add a row to bootstrap/permissions and review it.",
    );
  });

  it("come from CloudFormation's handlers and IAM's table as the installed cfn-lint has them", () => {
    const rows = Object.values(PERMISSIONS);
    expect(handlers, "run node -r tsx/cjs tools/permissions/main.ts").to.deep.equal(
      handlerActions(rows),
    );
    expect(authorization, "run node -r tsx/cjs tools/permissions/main.ts").to.deep.equal(
      resourceKinds(actionsOf(Object.keys(PERMISSIONS)), knownKinds()),
    );
  });

  it("leave out only what is there, and add only what is not", () => {
    const idle = Object.entries(PERMISSIONS).flatMap(([type, row]) => {
      const documented = documentedActions(row);
      const left = (row.not ?? []).flatMap(({ actions }) =>
        actions.filter(
          (action) => !documented.some((one) => isNamed({ reason: "", actions: [action] }, one)),
        ),
      );
      const added = (row.also ?? []).flatMap(({ actions }) =>
        actions.filter(
          (action) =>
            documented.includes(action) &&
            reviewedActions({ ...row, also: [] }, documented).includes(action),
        ),
      );
      return [...left, ...added].map((action) => `${type}: ${action}`);
    });
    expect(idle).to.deep.equal([]);
  });

  it("have no pattern for an action, and * only where IAM knows no resource", () => {
    const statements = stackStatements(actionsOf(Object.keys(PERMISSIONS)), PLACE);
    const kinds = authorization as Record<string, string[]>;
    for (const { Action, Resource } of statements) {
      for (const action of [Action].flat()) {
        expect(action).to.match(/^[a-z0-9-]+:[A-Za-z]+$/);
        expect([Resource].flat().includes("*"), action).to.equal(kinds[action].length === 0);
      }
    }
  });

  it("restrict changes, and the services that roles are passed to, by conditions", () => {
    const statements = stackStatements(
      ["iam:PassRole", "iam:AttachRolePolicy", "kms:Decrypt", "iam:GetRole"],
      PLACE,
    );
    expect(
      statements.map(({ Action, Condition }) => [Action, Object.keys(Condition ?? {})]),
    ).to.deep.equal([
      [["iam:PassRole"], ["StringEquals"]],
      [["iam:AttachRolePolicy"], ["ArnEquals"]],
      [["kms:Decrypt"], ["StringEquals"]],
      [["iam:GetRole"], []],
    ]);
  });

  it("include every call of our own resources and look-ups", () => {
    const services: Record<string, string> = {
      emr: "elasticmapreduce",
      s3: "s3",
      sagemaker: "sagemaker",
    };
    const allowed = actionsOf(Object.keys(PERMISSIONS));
    const called = filesBelow("components").flatMap((file) => {
      const text = readFileSync(inRepository(file), "utf8");
      const commands = [...text.matchAll(/\bnew (?:\w+\.)?([A-Z]\w+)Command\(/g)].map(
        ([, name]) => name,
      );
      const clients = [...text.matchAll(/@aws-sdk\/client-([a-z0-9-]+)"/g)].map(([, name]) => name);
      return commands
        .filter((name) => name !== "GetCallerIdentity")
        .map((name) => ({
          name,
          known: clients.some((client) =>
            allowed.includes(`${services[client] ?? client}:${name}`),
          ),
        }));
    });
    expect(called.length).to.be.greaterThan(15);
    expect(called.filter(({ known }) => !known)).to.deep.equal([]);
  });
});

describe("what follows from an approval", function () {
  this.timeout(180_000);

  for (const stack of ["dev", "prod"] as const) {
    it(`makes and changes in ${stack} what its role may`, async () => {
      const before = await planStack(stack, stackConfig(stack), "none");
      const after = await planStack(stack, stackConfig(stack), "approved");
      const known = new Set(before.map(({ type, name }) => `${type} ${name}`));
      const made = after.filter(({ type, name }) => !known.has(`${type} ${name}`));
      const types = askingTypes([made]);
      expect(types).to.include("pulumi-nodejs:dynamic/endpoint:EndpointDeployment");
      expect(
        types.filter((type) => !(APPROVAL_TYPES as readonly string[]).includes(type)),
      ).to.deep.equal([]);
    });
  }

  it("is looked at first, and looking opens no secret and no object", () => {
    const looking = actionsOf(Object.keys(PERMISSIONS)).filter(isReading);
    expect(looking).to.include.members(["apigateway:GET", "ec2:DescribeVpcs", "s3:ListBucket"]);
    for (const action of [
      "s3:GetObject",
      "secretsmanager:GetSecretValue",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]) {
      expect(looking, action).not.to.include(action);
    }
  });
});
