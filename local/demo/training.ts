import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";

import { LAKE_PREFIXES } from "../../contracts/bucketLayout";
import { StackOutputs } from "../../contracts/stackOutputs";
import { LocalRun } from "../run/localRun";
import { Baseline, compareFigures } from "./modelFigures";
import { ReportDetails } from "./report";
import { downloadPrefix, modelEvaluation } from "./storage";
import { baselineModule } from "./workload";

type Show = (line: string) => void;

/** Settings and times of the fit may stand beside the figures. */
const baselineSchema = z.object({ name: z.string() }).catchall(z.unknown());

/** Trains through the operations command line, as an engineer would. */
export async function train(run: LocalRun, show: Show): Promise<void> {
  await run.node("ops/main.ts", ["train", "--wait", "--stack", "local"], show);
}

/**
 * Figures and plots of the newest approved model, beside the workload's baseline on the very same
 * training set.
 *
 * @throws Error when the registry holds no approved package, or the baseline fails
 */
export async function modelFigures(
  run: LocalRun,
  outputs: StackOutputs,
): Promise<Pick<ReportDetails, "figures" | "plots">> {
  const evaluation = await modelEvaluation(run.variables, outputs.training.modelPackageGroupName);
  const module = baselineModule(run.workload);
  const baseline =
    module === undefined
      ? undefined
      : await fitBaseline(run, module, outputs).catch((error: Error) => {
          const file = `${module.replaceAll(".", "/")}.py`;
          throw new Error(
            `The model is registered, but the baseline it is to be compared with fails. Correct ${file}, or delete it ` +
              `to show the model alone. ${error.message}`,
            { cause: error },
          );
        });
  return { figures: compareFigures(evaluation, baseline), plots: evaluation.plots };
}

async function fitBaseline(
  run: LocalRun,
  module: string,
  outputs: StackOutputs,
): Promise<Baseline> {
  const directory = run.file("training-set");
  await downloadPrefix(
    run.variables,
    outputs.lake.bucket,
    `${LAKE_PREFIXES.trainingSets}/`,
    directory,
  );
  const [trainingSet] = fs
    .readdirSync(directory)
    .map((name) => path.join(directory, name))
    .sort()
    .slice(-1);
  const printed = await run.python(module, ["--training-set", trainingSet], () => undefined);
  return parseBaseline(printed.trim().split("\n").at(-1) ?? "");
}

/** @param line JSON: `name`, and the figures by their names in snake case */
export function parseBaseline(line: string): Baseline {
  const { name, ...rest } = baselineSchema.parse(JSON.parse(line));
  const figures = Object.entries(rest).filter(([, value]) => typeof value === "number");
  return { name, metrics: Object.fromEntries(figures) as Baseline["metrics"] };
}
