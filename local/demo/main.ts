import * as fs from "node:fs";
import * as path from "node:path";

import { SHORT_LIVED_JAVA } from "../../tools/check/virtualMachines";
import { stopRunningCommands } from "../../tools/command";
import { inLocal } from "../../tools/paths";
import { onInterrupt } from "../../tools/progress";
import { localWorkload } from "../../tools/setup/localWorkload";
import { note, print } from "../../tools/terminal";
import { checkWorkload } from "../../tools/workload/checkWorkload";
import { createRunDirectory } from "../environment/run";
import { killRun } from "../environment/session";
import { LocalRun } from "../run/localRun";
import { keepRunning } from "./keepRunning";
import { parseOptions } from "./options";
import { renderReportPage } from "./reportPage";
import { StageRunner } from "./stageRunner";
import { buildReport, DemoFacts, demoStages, reportDetails } from "./stages";
import { formatSummary } from "./summary";
import { whenChecked } from "./whenChecked";

async function runDemo(runDirectory: string): Promise<void> {
  const options = parseOptions(process.env);
  const facts = {} as DemoFacts;
  const stages = new StageRunner();
  const run = await stages.run(
    "start",
    "Check the workload, and start what stands in for AWS on this machine",
    () =>
      whenChecked(
        checkWorkload(options.workload ?? localWorkload()),
        LocalRun.start(
          runDirectory,
          options.workload === undefined ? {} : { "streaming-ml:workload": options.workload },
        ),
      ),
  );
  try {
    stages.watch(run.environment);
    for (const { name, title, run: work } of demoStages(options)) {
      await stages.run(name, title, (show) => work(run, facts, show));
    }
    const report = buildReport(facts, stages.seconds);
    const details = reportDetails(run, facts);
    const page = await renderReportPage(report, details);
    const reportFile = inLocal("report.json");
    fs.writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    fs.writeFileSync(inLocal("report.html"), page);
    print(`\n${formatSummary(report, details)}\n`);
    print("Report: .local/report.json, with plots: .local/report.html");
    if (options.keep) {
      await keepRunning(run, facts);
    }
  } finally {
    stopRunningCommands();
    await run.stop();
  }
}

// What the person has set counts more.
process.env.JDK_JAVA_OPTIONS ??= SHORT_LIVED_JAVA;
const runDirectory = createRunDirectory("demo");
onInterrupt(() => {
  stopRunningCommands();
  killRun(runDirectory);
});
runDemo(runDirectory).catch((error: Error) => {
  note(`\n${error.message}`);
  note(`Logs: ${path.relative(process.cwd(), path.join(runDirectory, "logs"))}`);
  killRun(runDirectory);
  process.exit(1);
});
