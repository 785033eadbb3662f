import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { previewProgram } from "../../local/engine/preview";
import { inRepository } from "../../tools/paths";
import { find, namesOf, type Registered, statements } from "../shared/pulumiMocks";
import { CONFIG, plan } from "./plannedBootstrap";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";

describe("the bootstrap program", () => {
  let registered: readonly Registered[];

  before(async () => {
    ({ registered } = await plan());
  });

  it("trusts the jobs of one repository in one environment, and no one else", () => {
    const provider = find(
      registered,
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "github",
    );
    expect(provider.inputs).to.deep.equal({
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    });
    for (const [role, environment] of [
      ["stack-dev-deploy", "dev"],
      ["stack-dev-approval", "dev"],
      ["stack-dev-preview", "dev-preview"],
      ["stack-prod-deploy", "prod"],
    ]) {
      const [statement, ...others] = statements(
        find(registered, ROLE, role).inputs.assumeRolePolicy,
      );
      expect(others).to.deep.equal([]);
      expect(statement).to.deep.include({
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": `repo:owner/name:environment:${environment}`,
          },
        },
      });
      expect(Object.keys(statement.Principal)).to.deep.equal(["Federated"]);
    }
  });

  it("gives sessions as long as the workflows ask for", () => {
    const workflow = (file: string) =>
      JSON.stringify(parse(readFileSync(inRepository(".github", "workflows", file), "utf8")));
    const asked = (text: string) => /"role-duration-seconds":(\d+)/.exec(text)?.[1];
    const session = (name: string) => find(registered, ROLE, name).inputs.maxSessionDuration;
    const seconds = Number(asked(workflow("deploy.yml")));
    expect(seconds).to.equal(10_800);
    expect(session("stack-dev-deploy")).to.equal(seconds);
    expect(session("stack-dev-approval")).to.equal(seconds);
    // An hour is IAM's own.
    expect(asked(workflow("pull-request.yml"))).to.equal(undefined);
    expect(session("stack-dev-preview")).to.equal(undefined);
  });

  it("uses no more policies than an IAM role may have, and none larger than allowed", () => {
    for (const { inputs, name } of registered.filter(({ type }) => type === POLICY)) {
      expect((inputs.policy as string).length, name).to.be.at.most(6144);
    }
    for (const role of namesOf(registered, ROLE)) {
      const attached = namesOf(
        registered,
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      ).filter((name) => name.startsWith(`${role}-`));
      expect(attached.length, role).to.be.within(1, 10);
    }
  });

  it("lets a preview look, and open only the schemas of models", () => {
    const allowed = registered
      .filter(({ type, name }) => type === POLICY && name.startsWith("stack-dev-preview-"))
      .flatMap(({ inputs }) => statements(inputs.policy));
    const opening = allowed.filter(({ Action }) =>
      [Action]
        .flat()
        .some((action) => !/:(Describe|Get|List)|^apigateway:GET$|^kms:Decrypt$/.test(action)),
    );
    expect(opening).to.deep.equal([]);
    const objects = allowed.filter(({ Action }) => [Action].flat().includes("s3:GetObject"));
    expect(objects.map(({ Resource }) => Resource)).to.deep.equal([
      ["arn:aws:s3:::lake-artifacts-???????/schemas/*"],
    ]);
    const decrypting = allowed.filter(({ Action }) => [Action].flat().includes("kms:Decrypt"));
    expect(decrypting.map(({ Condition }) => Condition)).to.deep.equal([
      { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
    ]);
  });

  it("lets the deployer make the roles that services make in a new account, and no others", () => {
    const own = registered
      .filter(({ type, name }) => type === POLICY && name.startsWith("stack-dev-deploy-"))
      .flatMap(({ inputs }) => statements(inputs.policy))
      .filter(({ Action }) => [Action].flat().includes("iam:CreateServiceLinkedRole"));
    expect(own.map(({ Resource, Condition }) => ({ Resource, Condition }))).to.deep.equal([
      {
        Resource: ["arn:aws:iam::123456789012:role/aws-service-role/*"],
        Condition: {
          StringEquals: {
            "iam:AWSServiceName": [
              "elasticmapreduce.amazonaws.com",
              "ops.apigateway.amazonaws.com",
              "sagemaker.application-autoscaling.amazonaws.com",
              "spot.amazonaws.com",
            ],
          },
        },
      },
    ]);
  });

  it("takes an OIDC provider that is there", async () => {
    const arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    const { registered: again } = await plan({
      ...CONFIG,
      "streaming-ml-bootstrap:oidcProviderArn": arn,
    });
    expect(namesOf(again, "aws:iam/openIdConnectProvider:OpenIdConnectProvider")).to.deep.equal([]);
    const [statement] = statements(find(again, ROLE, "stack-dev-deploy").inputs.assumeRolePolicy);
    expect(statement.Principal).to.deep.equal({ Federated: arn });
  });

  it("opens to each stack's roles the model package group that its file names", async () => {
    const { registered: again } = await plan({
      ...CONFIG,
      "streaming-ml-bootstrap:modelPackageGroupNames": { dev: "Sentiment-Models" },
    });
    const groups = (stack: string) => {
      const found = again
        .filter(({ type, name }) => type === POLICY && name.startsWith(`stack-${stack}-deploy-`))
        .flatMap(({ inputs }) => statements(inputs.policy))
        .flatMap(({ Resource }) => [Resource].flat())
        .filter((arn) => arn?.includes(":model-package-group/"));
      return [...new Set(found)];
    };
    const prefix = "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/";
    expect(groups("dev")).to.deep.equal([`${prefix}Sentiment-Models`]);
    expect(groups("prod")).to.deep.equal([`${prefix}streaming-ml-prod`]);
  });

  it("refuses a name of a model package group for a stack that it does not know", async () => {
    const error = await plan({
      ...CONFIG,
      "streaming-ml-bootstrap:modelPackageGroupNames": { test: "models" },
    }).catch((failure: Error) => failure);
    expect((error as Error).message).to.contain(
      'streaming-ml-bootstrap:modelPackageGroupNames.test must be named after one of the stacks: dev, prod. Received: "models".',
    );
  });

  it("refuses a stack file with all its problems, and trusts no repository by default", async () => {
    const error = await plan({
      "streaming-ml-bootstrap:stacks": ["dev", "dev"],
      "streaming-ml-bootstrap:operators": ["everybody"],
    }).catch((failure: Error) => failure);
    expect((error as Error).message).to.equal(
      [
        "Pulumi.account.yaml has 4 problems; nothing was planned:",
        "  - aws:region is required, for example us-east-1.",
        "  - streaming-ml-bootstrap:repository is required: the GitHub repository whose workflows deploy, owner/name.",
        '  - streaming-ml-bootstrap:stacks must name each stack once. Received: ["dev","dev"].',
        '  - streaming-ml-bootstrap:operators[0] must be the ARN of an IAM role or user. Received: "everybody".',
      ].join("\n"),
    );
  });
});

describe("the bootstrap program, offline", function () {
  this.timeout(180_000);

  it("is planned completely by the real engine from its own stack file", async () => {
    const { counts, errors } = await previewProgram("account", {
      folder: inRepository("bootstrap"),
      config: { "streaming-ml-bootstrap:repository": "owner/name" },
    });
    expect(errors).to.deep.equal([]);
    expect(Object.keys(counts)).to.deep.equal(["create"]);
    expect(counts.create).to.be.greaterThan(50);
  });

  it("is refused by name when the folder holds no program", async () => {
    const folder = inRepository("bootsrap");
    const error = await previewProgram("account", { folder }).catch((failure: Error) => failure);
    expect((error as Error).message).to.equal(
      "There is no Pulumi program in bootsrap: it has no Pulumi.yaml. Choose a folder that has one, for example bootstrap.",
    );
  });
});
