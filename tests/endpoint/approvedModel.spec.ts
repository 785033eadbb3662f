import { expect } from "chai";

import { findApprovedModel } from "../../components/endpoint/approvedModel";

const query = { region: "us-east-1", groupName: "models" };
const arn = (version: number): string => `arn:model-package/models/${version}`;

interface Sent {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** A registry whose approved packages come in pages, newest first. */
function registry(pages: number[][], metadata: Record<string, string> = {}) {
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
  return { sent, client: { send } as never };
}

function failing(name: string, message: string) {
  return { send: () => Promise.reject(Object.assign(new Error(message), { name })) } as never;
}

describe("the approved model", () => {
  it("is the newest approved package, with its figures and its training set", async () => {
    const { client, sent } = registry([[3, 2]], {
      macroF1: "0.7512",
      accuracy: "0.76",
      margin: "not a number",
      trainingSet: "s3://lake/training-sets/x",
    });
    expect(await findApprovedModel(query, client)).to.deep.equal({
      modelPackageArn: arn(3),
      version: 3,
      createdAt: "2026-01-02T03:04:05.000Z",
      trainedFrom: "s3://lake/training-sets/x",
      metrics: { macroF1: 0.7512, accuracy: 0.76 },
    });
    expect(sent[0].input).to.include({
      ModelPackageGroupName: "models",
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    });
  });

  it("is none before one is approved, and before the group exists", async () => {
    expect(await findApprovedModel(query, registry([[]]).client)).to.equal(undefined);
    const missing = failing("ValidationException", "ModelPackageGroup models does not exist.");
    expect(await findApprovedModel(query, missing)).to.equal(undefined);
  });

  it("is not taken for none when the registry cannot be asked", async () => {
    const denied = failing("AccessDeniedException", "not authorized");
    const outcome = await findApprovedModel(query, denied).catch((error: Error) => error.name);
    expect(outcome).to.equal("AccessDeniedException");
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
