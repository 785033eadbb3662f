import type { Outcome } from "../../../tools/drill/drill";
import { canary, SAMPLE } from "./scenarios";
import type { ServingRun } from "./servingRun";
import { Verdict } from "./verdict";

/** The deployments of the drills: a fifth first, long enough to see it. */
export const CANARY = { strategy: "canary", canaryPercent: 20, waitSeconds: 5, drainSeconds: 2 };

/** Two instances, so that a part of them can go first, and scaling that SageMaker minds. */
export const INSTANCES = { type: "ml.c5.large", minCount: 2, maxCount: 4 };

/** Another instance type needs another endpoint: the API moves to it and nobody notices. */
export function anotherInstanceType(run: ServingRun): Promise<Outcome> {
  return anotherEndpoint(run, {
    mode: "instances",
    instances: { ...INSTANCES, type: "ml.c5.xlarge" },
    deployment: CANARY,
  });
}

/** From instances to serverless, and back. */
export async function anotherMode(run: ServingRun): Promise<Outcome> {
  const there = await anotherEndpoint(run, {
    mode: "serverless",
    deployment: { drainSeconds: 2 },
  });
  const back = await anotherEndpoint(run, {
    mode: "instances",
    instances: INSTANCES,
    deployment: CANARY,
  });
  return {
    figures: {
      "requests there": there.figures.requests,
      "failed there": there.figures.failed,
      "requests back": back.figures.requests,
      "failed back": back.figures.failed,
    },
    complaints: [...there.complaints, ...back.complaints],
  };
}

async function anotherEndpoint(run: ServingRun, endpointConfig: object): Promise<Outcome> {
  const verdict = new Verdict();
  const old = run.endpointName;
  await run.setConfig({ "streaming-ml:endpoint": endpointConfig });
  const load = run.load();
  await run.up();
  verdict.holdUnderLoad(await load.stop());
  verdict.hold(run.endpointName !== old, `The endpoint should have another name than ${old}.`);
  const gone = await run.endpoint(old).then(
    () => false,
    (error: Error) => error.message.startsWith("Could not find endpoint"),
  );
  verdict.hold(gone, `The endpoint ${old} should be gone.`);
  verdict.holdAnswers(await run.sample(SAMPLE), run.serving);
  return verdict.outcome();
}

/** Ctrl-C while SageMaker shifts: the next `up` waits for that shift and begins no other one. */
export async function interrupted(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { other: next } = run;
  await run.setConfig({
    "streaming-ml:endpoint": {
      mode: "instances",
      instances: INSTANCES,
      // Longer than the engine waits for its providers after Ctrl-C.
      deployment: { ...CANARY, waitSeconds: 40 },
    },
  });
  await run.register(next);
  const load = run.load();
  const abort = new AbortController();
  const first = run.up(abort.signal).then(
    () => "",
    (error: Error) => error.message,
  );
  await run.until(() => load.answered(next) > 0, "the new model answers");
  run.newServicesLog();
  abort.abort(new Error("interrupted"));
  verdict.hold((await first) === "interrupted", `The first \`up\` said: ${await first}.`);
  const { EndpointStatus: status } = await run.endpoint();
  verdict.hold(status === "Updating", `The endpoint was ${status} when \`up\` had ended.`);
  await run.up();
  verdict.holdUnderLoad(await load.stop());
  verdict.hold(
    !run.newServicesLog().includes("is to serve"),
    "The second `up` should have waited for the first one's update, and began another.",
  );
  verdict.holdAnswers(await run.sample(SAMPLE), next);
  return verdict.outcome();
}

/** Ctrl-C while SageMaker makes another endpoint: the next `up` waits for that one and moves the API to it. */
export async function interruptedCreation(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const old = run.endpointName;
  await run.setConfig({
    "streaming-ml:endpoint": {
      mode: "instances",
      instances: { ...INSTANCES, type: "ml.m5.large" },
      deployment: CANARY,
    },
  });
  const load = run.load();
  const abort = new AbortController();
  const first = run.up(abort.signal).then(
    () => "",
    (error: Error) => error.message,
  );
  run.newServicesLog();
  await run.until(
    () => run.newServicesLog().includes("is being created"),
    "the other endpoint is being created",
  );
  abort.abort(new Error("interrupted"));
  verdict.hold((await first) === "interrupted", `The first \`up\` said: ${await first}.`);
  await run.up();
  verdict.holdUnderLoad(await load.stop());
  verdict.hold(
    !run.newServicesLog().includes("is being created"),
    "The second `up` should have waited for the first one's endpoint, and made another.",
  );
  verdict.hold(run.endpointName !== old, `The endpoint should have another name than ${old}.`);
  verdict.holdAnswers(await run.sample(SAMPLE), run.serving);
  return verdict.outcome();
}

/** A new model takes over one share of the instances after the other. */
export async function rolling(run: ServingRun): Promise<Outcome> {
  const deployment = { ...CANARY, strategy: "rolling", rollingPercent: 50 };
  await run.setConfig({
    "streaming-ml:endpoint": { mode: "instances", instances: INSTANCES, deployment },
  });
  // Settings move nothing by themselves, unless the endpoint was of another kind before.
  await run.up();
  return canary(run);
}
