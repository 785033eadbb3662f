import * as fs from "node:fs";
import * as path from "node:path";
import { Listr } from "listr2";
import { stopRunningCommands } from "../../tools/command";
import { inLocal } from "../../tools/paths";
import { display, onInterrupt, throttled } from "../../tools/progress";
import { createRunDirectory } from "../environment/run";
import { killRun } from "../environment/session";
import { DemoRun } from "./demoRun";
import { keepRunning } from "./keepRunning";
import { parseOptions } from "./options";
import { renderReportPage } from "./reportPage";
import { buildReport, DemoFacts, demoStages, reportDetails } from "./stages";
import { formatSummary } from "./summary";

type Show = (line: string) => void;

/** Runs `work` unless a service of the environment dies first. */
function unlessBroken<T>(broken: Promise<never>, work: Promise<T>): Promise<T> {
  return Promise.race([work, broken]);
}

async function runDemo(runDirectory: string): Promise<void> {
  const options = parseOptions(process.env);
  const facts = {} as DemoFacts;
  const stageSeconds: Record<string, number> = {};
  let run: DemoRun | undefined;
  let broken: Promise<never> = new Promise(() => undefined);

  const timed = async (
    name: string,
    title: string,
    work: (show: Show) => Promise<void>,
  ): Promise<void> => {
    await new Listr(
      [
        {
          title,
          task: async (_context, task) => {
            const started = performance.now();
            try {
              await unlessBroken(broken, work(throttled((line) => (task.output = line))));
            } catch (error) {
              throw new Error(`Stage "${name}" failed. ${(error as Error).message}`, {
                cause: error,
              });
            }
            stageSeconds[name] = (performance.now() - started) / 1000;
            task.title = `${title} (${stageSeconds[name].toFixed(1)} s)`;
          },
        },
      ],
      display,
    ).run();
  };

  try {
    await timed("start", "Start what stands in for AWS on this machine", async () => {
      run = await DemoRun.start(runDirectory);
      broken = new Promise((_resolve, reject) =>
        run?.environment.onFailure((reason) => reject(new Error(reason))),
      );
      // Nobody may be listening between two stages.
      broken.catch(() => undefined);
    });
    const started = run as unknown as DemoRun;
    for (const stage of demoStages(options)) {
      await timed(stage.name, stage.title, (show) => stage.run(started, facts, show));
    }
    const report = buildReport(facts, stageSeconds);
    const page = await renderReportPage(report, reportDetails(started, facts, options));
    const reportFile = inLocal("report.json");
    fs.writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    fs.writeFileSync(inLocal("report.html"), page);
    console.log(`\n${formatSummary(report)}\n`);
    console.log("Report: .local/report.json, with plots: .local/report.html");
    if (options.keep) {
      await keepRunning(started, facts);
    }
  } finally {
    stopRunningCommands();
    await run?.stop();
  }
}

const runDirectory = createRunDirectory("demo");
onInterrupt(() => {
  stopRunningCommands();
  killRun(runDirectory);
});
runDemo(runDirectory).catch((error: Error) => {
  console.error(`\n${error.message}`);
  console.error(`Logs: ${path.relative(process.cwd(), path.join(runDirectory, "logs"))}`);
  killRun(runDirectory);
  process.exit(1);
});
