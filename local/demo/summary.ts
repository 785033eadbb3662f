import Table from "cli-table3";
import { DemoReport } from "./report";

const TEXT_WIDTH = 64;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > TEXT_WIDTH ? `${line.slice(0, TEXT_WIDTH - 1)}…` : line;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function figures(report: DemoReport): string {
  const { events, freshnessSeconds, model, prediction } = report;
  const table = new Table({ style: { head: [], border: [] } });
  const difference = (100 * (model.baselineMacroF1 - model.macroF1)).toFixed(1);
  table.push(
    ["events sent", events.sent],
    ["  valid in the lake", events.valid],
    ["  in quarantine", sum(events.quarantined)],
    ...Object.entries(events.quarantined).map(([reason, count]) => [`    ${reason}`, count]),
    ["  duplicates dropped", events.duplicates],
    [
      "freshness p50 / p95",
      `${freshnessSeconds.p50.toFixed(2)} s / ${freshnessSeconds.p95.toFixed(2)} s`,
    ],
    ["macro-F1 on the test split", model.macroF1.toFixed(4)],
    [
      "  TF-IDF + logistic regression",
      `${model.baselineMacroF1.toFixed(4)} (${difference} points)`,
    ],
    ["accuracy", model.accuracy.toFixed(4)],
    [
      "prediction p50 / p99",
      `${prediction.p50Ms.toFixed(1)} ms / ${prediction.p99Ms.toFixed(1)} ms`,
    ],
    ...Object.entries(report.stageSeconds).map(([stage, seconds]) => [
      `stage ${stage}`,
      `${seconds.toFixed(1)} s`,
    ]),
  );
  return table.toString();
}

function predictions(report: DemoReport): string {
  const table = new Table({
    head: ["event, its label held back from training", "expected", "predicted", "score"],
    style: { head: [], border: [] },
  });
  for (const { text, expected, label, scores } of report.predictions) {
    const mark = label === expected ? "" : " ✗";
    table.push([shorten(text), expected, `${label}${mark}`, Math.max(...scores).toFixed(2)]);
  }
  return table.toString();
}

/** The report as two tables for a terminal. */
export function formatSummary(report: DemoReport): string {
  return `${figures(report)}\n${predictions(report)}`;
}
