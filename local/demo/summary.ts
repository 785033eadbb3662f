import Table from "cli-table3";

import { metricInWords, signed } from "./modelFigures";
import { inWords, isExpected, partOf } from "./prediction";
import { DemoReport, isBacklog, ModelFigures, ReportDetails } from "./report";

const TEXT_WIDTH = 64;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > TEXT_WIDTH ? `${line.slice(0, TEXT_WIDTH - 1)}…` : line;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function modelRows({ metrics, baseline: name }: ModelFigures): [string, string][] {
  return metrics.flatMap(({ name: metric, value, baseline }, index): [string, string][] => [
    [`${metricInWords(metric)}${index === 0 ? " on the test split" : ""}`, value.toFixed(4)],
    ...(baseline === undefined
      ? []
      : [
          [`  ${name}`, `${baseline.toFixed(4)} (${signed(baseline - value, 4)})`] as [
            string,
            string,
          ],
        ]),
  ]);
}

function figures(report: DemoReport, details: ReportDetails): string {
  const { events, freshnessSeconds, prediction } = report;
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ["events sent", events.sent],
    ["  valid in the lake", events.valid],
    ["  in quarantine", sum(events.quarantined)],
    ...Object.entries(events.quarantined).map(([reason, count]) => [`    ${reason}`, count]),
    ["  duplicates dropped", events.duplicates],
    [
      isBacklog(details) ? "freshness p50 / p95 in a backlog" : "freshness p50 / p95",
      `${freshnessSeconds.p50.toFixed(2)} s / ${freshnessSeconds.p95.toFixed(2)} s`,
    ],
    ...modelRows(details.figures),
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
    head: ["event, its answer held back from training", "expected", "predicted"],
    style: { head: [], border: [] },
  });
  for (const { text, expected, prediction } of report.predictions) {
    const mark = isExpected(expected, prediction) ? "" : " ✗";
    const predicted = inWords(partOf(expected, prediction));
    table.push([shorten(text), inWords(expected), `${predicted}${mark}`]);
  }
  return table.toString();
}

/** The report as two tables for a terminal. */
export function formatSummary(report: DemoReport, details: ReportDetails): string {
  return `${figures(report, details)}\n${predictions(report)}`;
}
