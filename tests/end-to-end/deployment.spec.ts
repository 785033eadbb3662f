import { expect } from "chai";

import { CANARY, INSTANCES } from "../reliability/deployment/kindScenarios";
import {
  alarm,
  canary,
  crash,
  scaledOut,
  type Scenario,
} from "../reliability/deployment/scenarios";
import { ServingRun } from "../reliability/deployment/servingRun";
import { SERVES_IT } from "./testedWorkload";

/** Requests per second: a third of the long form's, and still some for every step of a deployment. */
const RATE = 20;

/**
 * Models that follow each other while requests keep coming: the real engine, the real program without
 * its streaming job, real model servers behind the gateway.
 *
 * Proves that no request is lost and that `up` says what happened; not that SageMaker shifts traffic as
 * the stand-in does. The long form is `make drill ONLY=deployments,endpoint-kinds`.
 */
describe("deployments of models under load", () => {
  let run: ServingRun;

  before(async () => {
    run = await ServingRun.start(
      {
        ...SERVES_IT,
        "streaming-ml:endpoint": { mode: "instances", instances: INSTANCES, deployment: CANARY },
      },
      RATE,
    );
  });

  after(async () => {
    await run?.stop();
  });

  const holds = async (scenario: Scenario): Promise<void> => {
    const { complaints, figures } = await scenario(run);
    expect(complaints).to.deep.equal([]);
    expect(figures.requests).to.be.greaterThan(0);
    expect(figures.failed).to.equal(0);
  };

  it("shifts to a new model by canary without a failed request", () => holds(canary));

  it("fails with the reason when the model crashes on load, and the old one serves on", () =>
    holds(crash));

  it("fails with the alarm's name when it fires in the canary, and the old model serves on", () =>
    holds(alarm));

  it("serves the next good model after that, with the three instances it had scaled out to", () =>
    holds(scaledOut));
});
