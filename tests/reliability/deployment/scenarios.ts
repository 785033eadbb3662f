import { SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { UpdateEndpointWeightsAndCapacitiesCommand } from "@aws-sdk/client-sagemaker";

import type { Outcome } from "../../../tools/drill/drill";
import type { ServingRun } from "./servingRun";
import { Verdict } from "./verdict";

/** One way a deployment may go, on a run that serves a model; afterwards it serves one again. */
export type Scenario = (run: ServingRun) => Promise<Outcome>;

/** Answers that are looked at when a deployment is over. */
export const SAMPLE = 100;

/** A new model takes over bit by bit, and then answers everything. */
export async function canary(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { serving: before, other: next } = run;
  await run.register(next);
  const load = run.load();
  await run.up();
  const { answers, ...outcome } = await load.stop();
  verdict.holdUnderLoad({ answers, ...outcome });
  verdict.hold(
    answers[before] > 0 && answers[next] > 0,
    `Both models should have answered during the shift, but the answers were ${JSON.stringify(answers)}.`,
  );
  verdict.hold(
    /: [1-9]\d? % to /.test(run.newServicesLog()),
    "The traffic should have moved in parts, and moved at once.",
  );
  verdict.holdAnswers(await run.sample(SAMPLE), next);
  return verdict.outcome();
}

/** A model that no server can load is never seen by anybody. */
export async function crash(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { serving: before } = run;
  await run.register("crashes");
  const load = run.load();
  const reason = await run.failingUp();
  verdict.hold(
    /rolled back and keeps serving/.test(reason) && /ping health check.*cannot be/.test(reason),
    `\`up\` should have failed with SageMaker's reason, and said: ${reason || "nothing, it succeeded"}.`,
  );
  verdict.holdUnderLoad(await load.stop());
  verdict.holdAnswers(await run.sample(SAMPLE), before);
  return verdict.outcome();
}

/** An alarm during the shift brings the old model back. */
export async function alarm(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { serving: before, other: next } = run;
  await run.register(next);
  const load = run.load();
  const ending = run.failingUp();
  await run.until(() => load.answered(next) > 0, "the new model answers");
  const { LastDeploymentConfig: deployment } = await run.endpoint();
  const name = deployment?.AutoRollbackConfiguration?.Alarms?.[0]?.AlarmName ?? "";
  const set = (StateValue: "ALARM" | "OK") =>
    run.cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: name, StateValue, StateReason: "a drill" }),
    );
  await set("ALARM");
  const reason = await ending;
  verdict.hold(
    reason.includes(`the alarm ${name} is in state ALARM`),
    `\`up\` should have failed with the alarm's name, and said: ${reason || "nothing, it succeeded"}.`,
  );
  await set("OK");
  verdict.holdUnderLoad(await load.stop());
  verdict.holdAnswers(await run.sample(SAMPLE), before);
  return verdict.outcome();
}

/** After a failure the next `up` offers the same model again, although nothing has changed. */
export async function again(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { serving: before } = run;
  const load = run.load();
  await run.up();
  verdict.holdUnderLoad(await load.stop());
  verdict.hold(run.serving !== before, "Nothing was left to deploy: the failure did not count.");
  verdict.holdAnswers(await run.sample(SAMPLE), run.serving);
  return verdict.outcome();
}

/** Instances that scaling has added are there after a deployment, too. */
export async function scaledOut(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { other: next } = run;
  await run.sagemaker.send(
    new UpdateEndpointWeightsAndCapacitiesCommand({
      EndpointName: run.endpointName,
      DesiredWeightsAndCapacities: [{ VariantName: "main", DesiredInstanceCount: 3 }],
    }),
  );
  await run.settled();
  await run.register(next);
  const load = run.load();
  await run.up();
  verdict.holdUnderLoad(await load.stop());
  const { ProductionVariants: variants } = await run.endpoint();
  const instances = variants?.[0]?.CurrentInstanceCount ?? 0;
  verdict.count("instances", instances);
  verdict.hold(instances === 3, `There were 3 instances before the deployment, now ${instances}.`);
  verdict.holdAnswers(await run.sample(SAMPLE), next);
  return verdict.outcome();
}

/** Rejecting the model that serves brings back the one before. */
export async function rejected(run: ServingRun): Promise<Outcome> {
  const verdict = new Verdict();
  const { serving: before, other: next } = run;
  await run.register(next);
  await run.up();
  const load = run.load();
  await run.ops(["reject", "latest", "--deploy"]);
  await run.refreshOutputs();
  verdict.holdUnderLoad(await load.stop());
  verdict.holdAnswers(await run.sample(SAMPLE), before);
  run.serves(before);
  return verdict.outcome();
}
