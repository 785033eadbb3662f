import { expect } from "chai";

import { failureOf, FakeSageMaker, providerOf, spec, state } from "./fakeSageMaker";

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
});
