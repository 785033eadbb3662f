import * as fs from "node:fs";
import * as path from "node:path";
import { stopRunningCommands } from "../../tools/command";
import { inLocal } from "../../tools/paths";
import { localWorkload } from "../../tools/setup/localWorkload";
import { checkWorkload } from "../../tools/workload/checkWorkload";
import { onInterrupt } from "../../tools/progress";
import { createRunDirectory } from "../environment/run";
import { killRun } from "../environment/session";
import { LocalRun } from "../run/localRun";
import { keepRunning } from "./keepRunning";
import { parseOptions } from "./options";
import { renderReportPage } from "./reportPage";
import { StageRunner } from "./stageRunner";
import { buildReport, DemoFacts, demoStages, reportDetails } from "./stages";
import { formatSummary } from "./summary";
import { note, print } from "../../tools/terminal";

async function runDemo(runDirectory: string): Promise<void> {
  const options = parseOptions(process.env);
  const facts = {} as DemoFacts;
  const stages = new StageRunner();
  await stages.run(
    "check",
    "Check the workload: its files, its data set, what its model does",
    () => checkWorkload(options.workload ?? localWorkload()),
  );
  const run = await stages.run("start", "Start what stands in for AWS on this machine", () =>
    LocalRun.start(
      runDirectory,
      options.workload === undefined ? {} : { "streaming-ml:workload": options.workload },
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
