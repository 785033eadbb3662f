import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { StackOutputs } from "../../contracts/stackOutputs";
import { DemoRun } from "./demoRun";
import { downloadPrefix, modelEvaluation } from "./storage";
import { DemoReport, ReportDetails } from "./report";

type Show = (line: string) => void;

const baselineSchema = z.object({ macroF1: z.number() });

/** Trains through the operations command line, as an engineer would. */
export async function train(run: DemoRun, show: Show): Promise<void> {
  await run.node("ops/main.ts", ["train", "--wait", "--stack", "local"], show);
}

/**
 * Figures of the newest approved model, beside the baseline on the very same training set.
 *
 * @throws Error when the registry holds no approved package
 */
export async function modelFigures(
  run: DemoRun,
  outputs: StackOutputs,
  show: Show,
): Promise<Pick<DemoReport, "model"> & Pick<ReportDetails, "confusion">> {
  const evaluation = await modelEvaluation(run.variables, outputs.training.modelPackageGroupName);
  const directory = run.file("training-set");
  await downloadPrefix(run.variables, outputs.lake.bucket, "training-sets/", directory);
  const [trainingSet] = fs
    .readdirSync(directory)
    .map((name) => path.join(directory, name))
    .sort()
    .slice(-1);
  const printed = await run.python("bench.model_baseline", ["--training-set", trainingSet], show);
  const baseline = baselineSchema.parse(JSON.parse(printed.trim().split("\n").at(-1) ?? ""));
  return {
    model: {
      macroF1: evaluation.metrics.macro_f1.value,
      baselineMacroF1: baseline.macroF1,
      accuracy: evaluation.metrics.accuracy.value,
    },
    confusion: evaluation.confusion,
  };
}
