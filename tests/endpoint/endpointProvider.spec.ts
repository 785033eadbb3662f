import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { EndpointProvider } from "../../components/endpoint/endpointProvider";
import type { EndpointState } from "../../components/endpoint/endpointSpec";
import { FakeSageMaker, providerOf, spec } from "./fakeSageMaker";

const state: EndpointState = {
  ...spec,
  endpointConfigName: "config-1",
  modelName: "model-1",
  arn: "arn:endpoint",
  releases: [{ endpointConfigName: "config-1", modelName: "model-1" }],
  verified: true,
};

interface PartialFailure extends Error {
  readonly id: string;
  readonly properties: EndpointState;
  readonly reasons: string[];
}

async function failureOf(promise: Promise<unknown>): Promise<PartialFailure> {
  try {
    await promise;
  } catch (error) {
    return error as PartialFailure;
  }
  throw new Error("It was expected to fail, and did not.");
}

describe("EndpointDeployment's provider", () => {
  it("creates an endpoint with its alarms and waits until it serves", async () => {
    const fake = new FakeSageMaker(undefined, [{}, { status: "InService" }]);
    const { id, outs } = await providerOf(fake).create(spec);
    expect(id).to.equal("e");
    expect(outs).to.deep.equal({
      ...spec,
      arn: "arn:endpoint",
      releases: [{ endpointConfigName: "config-2", modelName: "model-2" }],
      verified: true,
    });
    expect(fake.calls.find(({ command }) => command === "CreateEndpoint")?.input).to.deep.equal({
      EndpointName: "e",
      EndpointConfigName: "config-2",
      DeploymentConfig: spec.deploymentSettings,
    });
  });

  it("updates in place, keeps the capacity and shows progress", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    const { outs } = await providerOf(fake).update("e", state, spec);
    expect(fake.calls.find(({ command }) => command === "UpdateEndpoint")?.input).to.deep.equal({
      EndpointName: "e",
      EndpointConfigName: "config-2",
      RetainAllVariantProperties: true,
      DeploymentConfig: spec.deploymentSettings,
    });
    expect(outs?.releases.map(({ endpointConfigName }) => endpointConfigName)).to.deep.equal([
      "config-2",
      "config-1",
    ]);
    expect(fake.lines).to.include("endpoint e: from config-1 to config-2");
    expect(fake.lines).to.include("endpoint e: Updating (0 s)");
  });

  it("asks a serverless endpoint for neither capacity nor guardrails", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    const serverless = { ...spec, retainCapacity: false, deploymentSettings: undefined };
    await providerOf(fake).update("e", state, serverless);
    expect(fake.calls.find(({ command }) => command === "UpdateEndpoint")?.input).to.deep.equal({
      EndpointName: "e",
      EndpointConfigName: "config-2",
    });
  });

  it("fails with SageMaker's reason after a rollback, and remembers what it wanted", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" }, [
      { status: "Updating" },
      { status: "RollingBack" },
      { status: "InService", config: "config-1", reason: "Alarm errors fired" },
    ]);
    const failure = await failureOf(providerOf(fake).update("e", state, spec));
    expect(failure.message)
      .to.contain('rolled back and keeps serving "config-1"')
      .and.contain("Alarm errors fired");
    expect(failure.id).to.equal("e");
    expect(failure.properties.verified).to.equal(false);
    expect(failure.properties.endpointConfigName).to.equal("config-2");
    expect(failure.properties.releases).to.deep.equal([
      ...state.releases,
      { endpointConfigName: "config-2", modelName: "model-2" },
    ]);
    expect(failure.reasons).to.deep.equal([failure.message]);
    // The engine does not show the message of such an error.
    expect(fake.lines).to.include(failure.message);
    expect(fake.changes()).to.deep.equal(["UpdateEndpoint config-2"]);
  });

  it("offers the same change again after a failure", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-2" });
    const diff = await providerOf(fake).diff("e", { ...state, ...spec, verified: false }, spec);
    expect(diff).to.deep.equal({ changes: true });
  });

  it("waits for a change that an earlier run began, and makes no second one", async () => {
    const fake = new FakeSageMaker(
      { status: "Updating", config: "config-1" },
      [],
      [{}, { status: "InService", config: "config-2" }],
    );
    await providerOf(fake).update("e", state, spec);
    expect(fake.changes()).to.deep.equal([]);
  });

  it("waits for a creation that an earlier run began, and makes no second one", async () => {
    const fake = new FakeSageMaker(
      { status: "Creating", config: "config-2" },
      [],
      [{}, {}, { status: "InService" }],
    );
    const { outs } = await providerOf(fake).create(spec);
    expect(fake.changes()).to.deep.equal([]);
    expect(outs?.verified).to.equal(true);
  });

  it("updates what an earlier run created when another model is wanted by now", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    await providerOf(fake).create(spec);
    expect(fake.changes()).to.deep.equal(["UpdateEndpoint config-2"]);
  });

  it("tries once more when the update of an earlier run has been rolled back since", async () => {
    const fake = new FakeSageMaker({ status: "RollingBack", config: "config-1" }, undefined, [
      {},
      { status: "InService", config: "config-1", reason: "no ping" },
    ]);
    const { outs } = await providerOf(fake).update("e", state, spec);
    expect(fake.changes()).to.deep.equal(["UpdateEndpoint config-2"]);
    expect(outs?.verified).to.equal(true);
  });

  it("says what to do when SageMaker could not even roll back", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" }, [
      { status: "UpdateRollbackFailed", reason: "no capacity" },
    ]);
    const failure = await failureOf(providerOf(fake).update("e", state, spec));
    expect(failure.message)
      .to.contain("Reason: no capacity")
      .and.contain("delete the endpoint, then run pulumi up again");
  });

  it("replaces an endpoint that failed, because SageMaker cannot update it", async () => {
    const fake = new FakeSageMaker({ status: "Failed", config: "config-1" }, [
      { status: "InService" },
    ]);
    await providerOf(fake).update("e", state, spec);
    expect(fake.changes()).to.deep.equal(["DeleteEndpoint e", "CreateEndpoint config-2"]);
  });

  it("says that a new endpoint failed, and why", async () => {
    const fake = new FakeSageMaker(undefined, [{ status: "Failed", reason: "no ping" }]);
    const failure = await failureOf(providerOf(fake).create(spec));
    expect(failure.message).to.contain('"e" is Failed').and.contain("no ping");
    expect(fake.lines).to.include(failure.message);
  });

  it("remembers a new endpoint that failed, so that it can be removed", async () => {
    const fake = new FakeSageMaker(undefined, [{ status: "Failed", reason: "no ping" }]);
    const { id, properties } = await failureOf(providerOf(fake).create(spec));
    expect(id).to.equal("e");
    expect(properties.verified).to.equal(false);
    await providerOf(fake).delete(id, properties);
    expect(fake.changes().slice(1)).to.deep.equal([
      "DeleteEndpoint e",
      "DeleteEndpointConfig config-2",
      "DeleteModel model-2",
    ]);
  });

  it("gives up waiting after the time it was given", async () => {
    const endless = new FakeSageMaker({ status: "Updating", config: "config-1" });
    const failure = await failureOf(
      providerOf(endless).update("e", state, { ...spec, timeoutSeconds: 60 }),
    );
    expect(failure.message).to.match(/still Updating after \d+ seconds/);
  });

  it("removes what is older than the last ones after a success, and only then", async () => {
    const fake = new FakeSageMaker({ status: "InService", config: "config-1" });
    const releases = [
      { endpointConfigName: "config-1", modelName: "model-1" },
      { endpointConfigName: "config-0", modelName: "model-0" },
      { endpointConfigName: "config-x", modelName: "model-2" },
    ];
    const { outs } = await providerOf(fake).update("e", { ...state, releases }, spec);
    expect(fake.changes()).to.deep.equal([
      "UpdateEndpoint config-2",
      "DeleteEndpointConfig config-0",
      "DeleteModel model-0",
      // model-2 serves: only the old configuration that named it goes.
      "DeleteEndpointConfig config-x",
    ]);
    expect(outs?.releases).to.have.length(2);
  });

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
