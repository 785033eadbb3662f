import { expect } from "chai";

import { Failure } from "../../ops/failure";
import { planRejection } from "../../ops/rejection";
import { registry } from "./fakeRegistry";

const endpoint = { name: "streaming-ml-dev-1f0c7a52", modelPackageArn: "arn:package/2" };
const context = { stack: "dev", endpoint, confirmed: false };

type Versions = [version: number, approval: string][];

async function consequence(versions: Versions, wanted: string, more: object = {}): Promise<string> {
  const { client, sent } = registry(versions.map(([version, approval]) => ({ version, approval })));
  const planned = await planRejection(client, "models", wanted, { ...context, ...more }).catch(
    (error: Error) => error,
  );
  expect(sent.map(({ command }) => command)).to.not.include("UpdateModelPackage");
  if (planned instanceof Error) {
    expect(planned).to.be.instanceOf(Failure);
    return planned.message;
  }
  return `${planned.model.version}: ${planned.consequence}`;
}

describe("rejecting a model", () => {
  const several: Versions = [
    [4, "PendingManualApproval"],
    [3, "Approved"],
    [2, "Rejected"],
    [1, "Approved"],
  ];

  it("says which version serves then", async () => {
    expect(await consequence(several, "latest")).to.equal(
      "3: The next pulumi up serves version 1 instead, the newest that is approved.",
    );
    expect(await consequence(several, "1")).to.equal(
      "1: Version 3, the newest that is approved, goes on serving.",
    );
    expect(await consequence(several, "4")).to.equal(
      "4: Version 3, the newest that is approved, goes on serving.",
    );
  });

  const only: Versions = [
    [3, "Rejected"],
    [2, "Approved"],
  ];
  const follows =
    'he endpoint "streaming-ml-dev-1f0c7a52" goes on serving version 2, also after pulumi up, until another one is ' +
    "approved; a new kind of endpoint cannot be made of it, and models trained meanwhile are compared with none. " +
    "Where streaming-ml:endpoint.withoutApprovedModel is remove, the next pulumi up deletes the endpoint instead.";

  it("refuses to reject the only approved one without confirmation, and says what follows", async () => {
    expect(await consequence(only, "latest")).to.equal(
      'Version 2 is the only approved model of stack "dev", so nothing was changed. When it is rejected: ' +
        `t${follows} Approve another version first (npm run ops -- approve VERSION -s dev), or say --yes.`,
    );
    expect(await consequence(only, "2")).to.contain("nothing was changed");
    expect(await consequence(only, "2", { confirmed: true })).to.equal(`2: T${follows}`);
  });

  it("asks nothing where nothing serves, or the model was not approved", async () => {
    expect(await consequence(only, "2", { endpoint: null })).to.equal("2: No version is approved.");
    expect(await consequence([[3, "PendingManualApproval"]], "3")).to.equal(
      "3: No version is approved.",
    );
  });
});
