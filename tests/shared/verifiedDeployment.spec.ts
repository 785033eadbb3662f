import { expect } from "chai";

import {
  deploymentFailure,
  needsDeployment,
  wasVerified,
} from "../../components/shared/verifiedDeployment";

const inputs = { name: "one", settings: { a: 1, b: 2 }, __provider: "code" };
const state = { ...inputs, verified: true };

/** Whether there is anything to deploy, and whether AWS was asked. */
async function needs(olds: typeof state, news: typeof inputs, atWork = true) {
  let asked = false;
  const needed = await needsDeployment(olds, news, () => {
    asked = true;
    return Promise.resolve(atWork);
  });
  return { needed, asked };
}

describe("a deployment that is verified", () => {
  it("is not repeated while what was asked for is at work", async () => {
    expect(await needs(state, inputs)).to.deep.equal({ needed: false, asked: true });
    const reordered = { ...inputs, settings: { b: 2, a: 1 } };
    expect((await needs(state, reordered)).needed, "order of keys").to.equal(false);
    const recompiled = { ...inputs, __provider: "other code" };
    expect((await needs(state, recompiled)).needed, "Pulumi's own input").to.equal(false);
  });

  it("is repeated when AWS shows something else at work", async () => {
    expect(await needs(state, inputs, false)).to.deep.equal({ needed: true, asked: true });
  });

  it("is repeated for another input and after a failure, without asking AWS", async () => {
    const changed = { ...inputs, settings: { a: 1, b: 3 } };
    expect(await needs(state, changed)).to.deep.equal({ needed: true, asked: false });
    const failed = { ...state, verified: false };
    expect(await needs(failed, inputs)).to.deep.equal({ needed: true, asked: false });
  });

  it("leaves the new inputs in the state when it fails, not verified", () => {
    const failure = deploymentFailure("id", { ...inputs, name: "two" }, "It did not start.");
    expect(failure).to.be.instanceOf(Error).and.include({ message: "It did not start.", id: "id" });
    expect(failure).to.deep.include({
      properties: { ...inputs, name: "two", verified: false },
      reasons: ["It did not start."],
    });
  });

  it("is known from the states of earlier releases, of the job and of the endpoint", () => {
    expect(wasVerified({ settled: true })).to.equal(true);
    expect(wasVerified({ settled: false })).to.equal(false);
    expect(wasVerified({ live: true })).to.equal(true);
    expect(wasVerified({ live: false })).to.equal(false);
    expect(wasVerified({ verified: false, settled: true, live: true })).to.equal(false);
    expect(wasVerified({})).to.equal(false);
  });
});
