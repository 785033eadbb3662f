import { StackOutputs } from "../../contracts/stackOutputs";
import { LocalRun } from "../run/localRun";
import { auditLake, readBatches, recordsInLake, waitForLake } from "./lake";
import { reportedFigures } from "./modelFigures";
import { DemoOptions } from "./options";
import { ApiAccess, askAbout, measureLatency } from "./predictions";
import { DemoRecords, makeRecords } from "./records";
import { replay } from "./replay";
import { replayRate } from "./replayRate";
import { DemoReport, ReportDetails } from "./report";
import { modelFigures, train } from "./training";

type Show = (line: string) => void;

/** What the stages hand on to each other. */
export interface DemoFacts extends DemoRecords {
  outputs: StackOutputs;
  rate: ReportDetails["rate"];
  sentFile: string;
  waitingSeconds: ReportDetails["waitingSeconds"];
  api: ApiAccess;
  events: DemoReport["events"];
  freshnessSeconds: DemoReport["freshnessSeconds"];
  /** Figures and plots, as soon as the baseline is fitted. */
  comparison: Promise<Pick<ReportDetails, "figures" | "plots">>;
  figures: ReportDetails["figures"];
  plots: ReportDetails["plots"];
  prediction: DemoReport["prediction"];
  predictions: DemoReport["predictions"];
}

/** One step of the demo; `name` is its key in the report's `stageSeconds`. */
export interface Stage {
  readonly name: string;
  readonly title: string;
  readonly run: (run: LocalRun, facts: DemoFacts, show: Show) => Promise<void>;
}

/**
 * Records that a job just started takes up before the rest is sent. Its first micro-batches compile what
 * they run and take seconds; sent at once, the rest would be a backlog from the first moment.
 */
const FIRST_RECORDS = 600;

/** Everything after the environment is up, in order. */
export function demoStages(options: DemoOptions): Stage[] {
  return [
    {
      name: "records",
      title: "Make records of the data set, as a crowd of producers sends them",
      run: async (run, facts) => {
        Object.assign(facts, await makeRecords(run, options.events));
      },
    },
    {
      name: "deploy",
      title: "Deploy stack local: stream, lake, cluster, streaming job, pipeline, API",
      run: async (run, facts, show) => {
        facts.outputs = await run.deploy(show);
      },
    },
    {
      name: "replay",
      title: "Put the records on the stream",
      run: async (run, facts, show) => {
        facts.sentFile = run.file("sent.jsonl");
        facts.rate = options.rate ?? replayRate(facts.records.length);
        const { rate, sentFile, outputs, records } = facts;
        show(`${records.length} records, ${rate} a second`);
        const settings = { rate, sentFile, show };
        const first = records.slice(0, FIRST_RECORDS);
        await replay(run, outputs.stream.name, first, settings);
        await waitForLake(run, first.length, show);
        await replay(run, outputs.stream.name, records.slice(FIRST_RECORDS), settings);
        facts.waitingSeconds = (records.length - recordsInLake(run.runDirectory)) / rate;
      },
    },
    {
      name: "lake",
      title: "Wait until every record is in the lake, and account for each by its id",
      run: async (run, facts, show) => {
        await waitForLake(run, facts.records.length, show);
        const { sentFile, outputs } = facts;
        const { events, freshnessSeconds } = await auditLake(run, sentFile, outputs.lake, show);
        Object.assign(facts, { events, freshnessSeconds });
      },
    },
    {
      name: "train",
      title: "Train: build the training set, fit, evaluate, register",
      run: async (run, facts, show) => {
        await train(run, show);
        facts.comparison = modelFigures(run, facts.outputs);
        // The next stage waits for it and tells what went wrong.
        facts.comparison.catch(() => undefined);
      },
    },
    {
      name: "serve",
      title: "Deploy again: the approved model gets its endpoint, and the baseline is fitted",
      run: async (run, facts, show) => {
        facts.outputs = await run.deploy(show);
        Object.assign(facts, await facts.comparison);
        facts.api = { url: facts.outputs.api.url, key: await run.apiKey() };
      },
    },
    {
      name: "predict",
      title: "Ask the REST API about events whose answers were held back",
      run: async (_run, facts) => {
        facts.predictions = await askAbout(facts.api, facts.questions);
        facts.prediction = await measureLatency(facts.api, facts.questions);
      },
    },
  ];
}

/** Puts the facts into the report's shape. */
export function buildReport(
  facts: DemoFacts,
  stageSeconds: Readonly<Record<string, number>>,
): DemoReport {
  const { events, freshnessSeconds, figures, prediction, predictions, api } = facts;
  return {
    events,
    freshnessSeconds,
    model: reportedFigures(figures),
    prediction,
    predictions,
    stageSeconds,
    api: { url: api.url },
  };
}

/** What the summary and the page show beside it. */
export function reportDetails(run: LocalRun, facts: DemoFacts): ReportDetails {
  return {
    batches: readBatches(run.runDirectory),
    waitingSeconds: facts.waitingSeconds,
    figures: facts.figures,
    plots: facts.plots,
    workload: run.workload,
    rate: facts.rate,
    createdAt: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
  };
}
