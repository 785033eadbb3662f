import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { findApprovedModel, type RegistryClients } from "../../components/endpoint/approvedModel";
import { fakeClient } from "../ops/fakeClient";

const ACCOUNT = "123456789012";
const query = { region: "us-east-1", accountId: ACCOUNT, groupName: "models" };
const arn = (version: number): string => `arn:model-package/models/${version}`;

interface Sent {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

function clients(
  send: (command: never) => Promise<unknown>,
  account: string = ACCOUNT,
): RegistryClients {
  return {
    sagemaker: { send } as never,
    sts: { send: () => Promise.resolve({ Account: account }) } as never,
  };
}

/** A registry whose approved packages come in pages, newest first. */
function registry(
  pages: number[][],
  metadata: Record<string, string> = {},
  account: string = ACCOUNT,
) {
  const sent: Sent[] = [];
  const send = (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    if (command.constructor.name === "DescribeModelPackageCommand") {
      return Promise.resolve({
        CustomerMetadataProperties: metadata,
        CreationTime: new Date("2026-01-02T03:04:05Z"),
      });
    }
    const page = Number(command.input.NextToken ?? 0);
    return Promise.resolve({
      ModelPackageSummaryList: (pages[page] ?? []).map((version) => ({
        ModelPackageArn: arn(version),
        ModelPackageVersion: version,
      })),
      NextToken: page + 1 < pages.length ? String(page + 1) : undefined,
    });
  };
  return { sent, client: clients(send, account) };
}

function failing(name: string, message: string) {
  return clients(() => Promise.reject(Object.assign(new Error(message), { name })));
}

const ENDPOINT = "streaming-ml-dev-1f0c7a52";

/** A registry in which nothing is approved, and an endpoint that serves version 3. */
function serving() {
  const { client, sent } = fakeClient({
    ListModelPackages: () => ({ ModelPackageSummaryList: [] }),
    ListEndpoints: () => ({
      Endpoints: [{ EndpointName: ENDPOINT, EndpointStatus: "InService" }],
    }),
    DescribeEndpoint: () => ({ EndpointConfigName: "served" }),
    DescribeEndpointConfig: () => ({ ProductionVariants: [{ ModelName: "served" }] }),
    DescribeModel: () => ({ PrimaryContainer: { ModelPackageName: arn(3) } }),
    DescribeModelPackage: () => ({ CustomerMetadataProperties: { workload: "sentiment" } }),
  });
  return { sent, client: { ...clients(() => Promise.reject(new Error())), sagemaker: client } };
}

describe("the approved model", () => {
  it("is the newest approved package, with its figures, its training set and what it was trained for", async () => {
    const { client, sent } = registry([[3, 2]], {
      "metric:macro_f1": "0.7512",
      "metric:accuracy": "0.76",
      "metric:broken": "not a number",
      margin: "-0.01",
      comparedWith: "7",
      trainingSet: "s3://lake/training-sets/x",
      workload: "sentiment",
      contract: "c".repeat(64),
      predictionSchema: "s3://artifacts/schemas/a.json",
    });
    expect(await findApprovedModel(query, client)).to.deep.equal({
      modelPackageArn: arn(3),
      version: 3,
      createdAt: "2026-01-02T03:04:05.000Z",
      trainedFrom: "s3://lake/training-sets/x",
      metrics: { macro_f1: 0.7512, accuracy: 0.76, margin: -0.01 },
      workload: "sentiment",
      eventContract: "c".repeat(64),
      predictionSchemaUri: "s3://artifacts/schemas/a.json",
    });
    expect(sent[0].input).to.include({
      ModelPackageGroupName: "models",
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    });
  });

  it("does not exist before one is approved, and before the group exists", async () => {
    expect(await findApprovedModel(query, registry([[]]).client)).to.equal(undefined);
    for (const [name, message] of [
      ["ValidationException", "ModelPackageGroup models does not exist."],
      ["ResourceNotFound", "models"],
      ["ResourceNotFoundException", "models"],
    ]) {
      expect(await findApprovedModel(query, failing(name, message))).to.equal(undefined);
    }
  });

  it("is what serves where none is approved any more, and the deployment warns of it", async () => {
    const warnings: string[] = [];
    const log = pulumi.log as { warn: typeof pulumi.log.warn };
    const { warn } = log;
    log.warn = (message) => {
      warnings.push(message);
      return Promise.resolve();
    };
    try {
      const { client } = serving();
      const model = await findApprovedModel({ ...query, keepServing: "streaming-ml-dev" }, client);
      expect(model).to.deep.equal({
        modelPackageArn: arn(3),
        version: 3,
        createdAt: undefined,
        metrics: {},
        workload: "sentiment",
        trainedFrom: undefined,
        eventContract: undefined,
        predictionSchemaUri: undefined,
      });
    } finally {
      log.warn = warn;
    }
    expect(warnings).to.deep.equal([
      `No package of the model package group "models" is approved. The endpoint "${ENDPOINT}" goes on serving version 3 ` +
        "until another one is approved. To delete the endpoint, set streaming-ml:endpoint.withoutApprovedModel to remove.",
    ]);
  });

  it("is never what serves in place of the pinned version, or unasked", async () => {
    expect(await findApprovedModel(query, serving().client)).to.equal(undefined);
    const { client, sent } = serving();
    const pinned = { ...query, keepServing: "streaming-ml-dev", pinnedVersion: 3 };
    const outcome = await findApprovedModel(pinned, client).catch((error: Error) => error.message);
    expect(outcome).to.contain("pinnedModelVersion is 3");
    expect(sent.map(({ command }) => command)).to.deep.equal(["ListModelPackages"]);
  });

  it("is not taken for none when the registry cannot be asked", async () => {
    const denied = failing("AccessDeniedException", "not authorized");
    const outcome = await findApprovedModel(query, denied).catch((error: Error) => error.name);
    expect(outcome).to.equal("AccessDeniedException");
  });

  it("is not looked for with the credentials of another account", async () => {
    const { client, sent } = registry([[3]], {}, "999999999999");
    const outcome = await findApprovedModel(query, client).catch((error: Error) => error.message);
    expect(outcome)
      .to.contain('"models" belongs to account 123456789012')
      .and.contain("for account 999999999999");
    expect(sent).to.deep.equal([]);
  });

  it("is the pinned version, also on a later page", async () => {
    const { client } = registry([
      [5, 4],
      [3, 2],
    ]);
    const model = await findApprovedModel({ ...query, pinnedVersion: 2 }, client);
    expect(model?.version).to.equal(2);
  });

  it("refuses a pinned version that is not approved, and says what to do", async () => {
    const { client } = registry([[5, 4]]);
    const outcome = await findApprovedModel({ ...query, pinnedVersion: 3 }, client).catch(
      (error: Error) => error.message,
    );
    expect(outcome)
      .to.contain("pinnedModelVersion is 3")
      .and.contain('"models"')
      .and.contain("approve 3");
  });
});

describe("the model of an endpoint whose last approved one was rejected", () => {
  const NAME = "streaming-ml-dev-1f0c7a52";
  const { warn } = pulumi.log;
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
    Object.assign(pulumi.log, {
      warn: (message: string) => {
        warnings.push(message);
        return Promise.resolve();
      },
    });
  });

  afterEach(() => {
    Object.assign(pulumi.log, { warn });
  });

  function serving(approved: number[] = []) {
    return fakeClient({
      ListModelPackages: () => ({
        ModelPackageSummaryList: approved.map((version) => ({
          ModelPackageArn: arn(version),
          ModelPackageVersion: version,
        })),
      }),
      DescribeModelPackage: () => ({}),
      ListEndpoints: () => ({
        Endpoints: [{ EndpointName: NAME, EndpointStatus: "InService" }],
      }),
      DescribeEndpoint: () => ({ EndpointConfigName: "c" }),
      DescribeEndpointConfig: () => ({ ProductionVariants: [{ ModelName: "m" }] }),
      DescribeModel: () => ({ PrimaryContainer: { ModelPackageName: arn(7) } }),
    });
  }

  const keep = { ...query, keepServing: "streaming-ml-dev" };

  it("keeps serving, with a warning that says for how long and how to end it", async () => {
    const { client } = serving();
    const model = await findApprovedModel(keep, clients((client as { send: never }).send));
    expect(model).to.include({ modelPackageArn: arn(7), version: 7 });
    expect(warnings).to.deep.equal([
      `No package of the model package group "models" is approved. The endpoint "${NAME}" goes on serving version 7 ` +
        "until another one is approved. To delete the endpoint, set streaming-ml:endpoint.withoutApprovedModel to remove.",
    ]);
  });

  it("goes where the stack says so, or a version is pinned", async () => {
    const { client, sent } = serving();
    const asked = clients((client as { send: never }).send);
    expect(await findApprovedModel(query, asked)).to.equal(undefined);
    const pinned = await findApprovedModel({ ...keep, pinnedVersion: 7 }, asked).catch(
      (error: Error) => error.message,
    );
    expect(pinned).to.contain("pinnedModelVersion is 7");
    expect(sent.map(({ command }) => command)).to.not.include("ListEndpoints");
    expect(warnings).to.deep.equal([]);
  });

  it("is not asked for as long as another one is approved", async () => {
    const { client, sent } = serving([9]);
    const model = await findApprovedModel(keep, clients((client as { send: never }).send));
    expect(model?.version).to.equal(9);
    expect(sent.map(({ command }) => command)).to.not.include("ListEndpoints");
    expect(warnings).to.deep.equal([]);
  });
});
