import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { EndpointProvider } from "../../components/endpoint/endpointProvider";
import type { EndpointState } from "../../components/endpoint/endpointSpec";
import { failureOf, FakeSageMaker, providerOf, spec, state } from "./fakeSageMaker";

describe("what EndpointDeployment's provider reads, compares and deletes", () => {
  it("deletes the endpoint with everything it left behind", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    await providerOf(fake).delete("e", state);
    expect(fake.changes()).to.deep.equal([
      "DeleteEndpoint e",
      "DeleteEndpointConfig config-1",
      "DeleteModel model-1",
    ]);
  });

  it("lets an endpoint serve on for a while before it deletes it", async () => {
    const serving = new FakeSageMaker({ status: "InService", config: "config-1" });
    await providerOf(serving).delete("e", state);
    expect(serving.clock).to.equal(60_000);
    const failed = new FakeSageMaker({ status: "Failed", config: "config-1" });
    await providerOf(failed).delete("e", state);
    expect(failed.clock).to.equal(0);
  });

  it("accepts that an endpoint to delete is gone", async () => {
    const fake = new FakeSageMaker(undefined);
    await providerOf(fake).delete("e", { ...state, releases: [] });
    expect(fake.changes()).to.deep.equal([]);
  });

  it("needs a new endpoint for a new name, account or region, made before the old one goes", async () => {
    const provider = providerOf(new FakeSageMaker());
    for (const change of [{ endpointName: "f" }, { accountId: "9" }, { region: "eu-west-1" }]) {
      const diff = await provider.diff("e", state, { ...state, ...change });
      expect(diff).to.deep.equal({
        changes: true,
        replaces: Object.keys(change),
        deleteBeforeReplace: false,
      });
    }
  });

  it("finds nothing to do while the wanted configuration serves, whatever the order of keys", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    const settings = { b: 1, a: { d: 1, c: 2 } } as never;
    const reordered = { a: { c: 2, d: 1 }, b: 1 } as never;
    const diff = await providerOf(fake).diff(
      "e",
      { ...state, deploymentSettings: settings },
      {
        ...spec,
        endpointConfigName: "config-1",
        modelName: "model-1",
        deploymentSettings: reordered,
      },
    );
    expect(diff).to.deep.equal({ changes: false });
  });

  it("finds a change when the live endpoint is another, down or gone", async () => {
    const same = { ...spec, endpointConfigName: "config-1", modelName: "model-1" };
    for (const live of [
      { status: "InService", config: "config-0" },
      { status: "Failed", config: "config-1" },
      undefined,
    ]) {
      const diff = await providerOf(new FakeSageMaker(live)).diff("e", state, same);
      expect(diff, JSON.stringify(live)).to.deep.equal({ changes: true });
    }
  });

  it("knows from the state of an earlier release whether its deployment succeeded", async () => {
    const { verified, ...rest } = state;
    const same = { ...spec, endpointConfigName: "config-1", modelName: "model-1" };
    for (const live of [verified, false]) {
      const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
      const earlier = { ...rest, live } as unknown as EndpointState;
      expect(await providerOf(fake).diff("e", earlier, same)).to.deep.equal({ changes: !live });
    }
  });

  it("reads whether it still serves, and forgets an endpoint that is gone", async () => {
    const changed = new FakeSageMaker({ status: "InService", config: "config-9" });
    expect((await providerOf(changed).read("e", state)).props?.verified).to.equal(false);
    const serving = new FakeSageMaker({ status: "InService", config: "config-1" });
    expect((await providerOf(serving).read("e", state)).props?.verified).to.equal(true);
    expect(await providerOf(new FakeSageMaker()).read("e", state)).to.deep.equal({});
  });

  it("survives being stored in the state and read back", async () => {
    const source = await pulumi.runtime.serializeFunction(() => new EndpointProvider());
    // The text Pulumi stores is a module; it must work without this one's scope.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const load = new Function("require", "exports", `${source.text}; return exports;`) as (
      require: NodeJS.Require,
      exports: object,
    ) => Record<string, () => EndpointProvider>;
    const provider = load(require, {})[source.exportName]();
    const serving = new FakeSageMaker({ status: "InService", config: "config-1" });
    Object.assign(provider, { connect: () => Promise.resolve(serving.connection()) });
    const { outs } = await provider.update("e", state, spec);
    expect(outs?.verified).to.equal(true);
    // What a subclass of Error says gets lost on this way.
    const rolledBack = new FakeSageMaker({ status: "InService", config: "config-1" }, [
      { status: "InService", config: "config-1", reason: "no ping" },
    ]);
    Object.assign(provider, { connect: () => Promise.resolve(rolledBack.connection()) });
    const failure = await failureOf(provider.update("e", state, spec));
    expect(failure.reasons[0]).to.contain("Reason: no ping");
  });
});
