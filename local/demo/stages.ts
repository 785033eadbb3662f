import { StackOutputs } from "../../contracts/stackOutputs";
import { DemoRun } from "./demoRun";
import { auditLake, readBatches, waitForLake } from "./lake";
import { DemoOptions } from "./options";
import { ApiAccess, askAbout, measureLatency } from "./predictions";
import { readLabels } from "./eventContract";
import { makeRecords, Question } from "./records";
import { replay } from "./replay";
import { DemoReport, ReportDetails } from "./report";
import { modelFigures, train } from "./training";

type Show = (line: string) => void;

/** What the stages hand on to each other. */
export interface DemoFacts {
  outputs: StackOutputs;
  sentFile: string;
  sent: number;
  questions: readonly Question[];
  api: ApiAccess;
  events: DemoReport["events"];
  freshnessSeconds: DemoReport["freshnessSeconds"];
  model: DemoReport["model"];
  confusion: ReportDetails["confusion"];
  prediction: DemoReport["prediction"];
  predictions: DemoReport["predictions"];
}

/** One step of the demo; `name` is its key in the report's `stageSeconds`. */
export interface Stage {
  readonly name: string;
  readonly title: string;
  readonly run: (run: DemoRun, facts: DemoFacts, show: Show) => Promise<void>;
}

/** Everything after the environment is up, in order. */
export function demoStages(options: DemoOptions): Stage[] {
  return [
    {
      name: "deploy",
      title: "Deploy stack local: stream, lake, cluster, streaming job, pipeline, API",
      run: async (run, facts, show) => {
        facts.outputs = await run.deploy(show);
      },
    },
    {
      name: "replay",
      title: `Put ${options.events} events on the stream at ${options.rate} records a second`,
      run: async (run, facts, show) => {
        const { records, questions } = await makeRecords(run, options.events);
        facts.questions = questions;
        facts.sent = records.length;
        facts.sentFile = run.file("sent.jsonl");
        await replay(run, facts.outputs.stream.name, records, {
          rate: options.rate,
          sentFile: facts.sentFile,
          show,
        });
      },
    },
    {
      name: "lake",
      title: "Wait until every record is in the lake, and account for each by its id",
      run: async (run, facts, show) => {
        await waitForLake(run, facts.sent, show);
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
        Object.assign(facts, await modelFigures(run, facts.outputs, show));
      },
    },
    {
      name: "serve",
      title: "Deploy again: the approved model gets its endpoint",
      run: async (run, facts, show) => {
        facts.outputs = await run.deploy(show);
        facts.api = { url: facts.outputs.api.url, key: await run.apiKey() };
      },
    },
    {
      name: "predict",
      title: "Ask the REST API about events whose labels were held back",
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
  const { events, freshnessSeconds, model, prediction, predictions, api } = facts;
  return {
    events,
    freshnessSeconds,
    model,
    prediction,
    predictions,
    stageSeconds,
    api: { url: api.url },
  };
}

/** What the report's page shows beside it. */
export function reportDetails(run: DemoRun, facts: DemoFacts, options: DemoOptions): ReportDetails {
  return {
    batches: readBatches(run.runDirectory),
    labels: readLabels(),
    confusion: facts.confusion,
    rate: options.rate,
    createdAt: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
  };
}
