import { type Chart, VEGA_LITE } from "./chart";
import { modelChart } from "./modelCharts";
import { BatchMetrics, DemoReport, ReportDetails } from "./report";

const WIDTH = 620;

function freshnessChart(batches: readonly BatchMetrics[]): Chart {
  const values = batches.flatMap((batch) =>
    (["p50", "p95", "max"] as const).map((quantile) => ({
      time: batch.committedAt,
      quantile,
      seconds: batch.freshnessSeconds[quantile],
    })),
  );
  return {
    title: "Freshness",
    note: "Seconds from arrival on the stream to a readable row, per micro-batch.",
    specification: {
      $schema: VEGA_LITE,
      width: WIDTH,
      height: 180,
      data: { values },
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "time", type: "temporal", title: "batch committed at" },
        y: { field: "seconds", type: "quantitative", title: "seconds" },
        color: { field: "quantile", type: "nominal", sort: ["p50", "p95", "max"] },
      },
    },
  };
}

function batchChart(batches: readonly BatchMetrics[]): Chart {
  const values = batches.flatMap((batch) => [
    { time: batch.committedAt, kind: "valid", rows: batch.valid },
    {
      time: batch.committedAt,
      kind: "quarantined",
      rows: Object.values(batch.quarantined).reduce((total, count) => total + count, 0),
    },
    { time: batch.committedAt, kind: "duplicate", rows: batch.duplicates },
  ]);
  return {
    title: "Micro-batches",
    note: "Rows per micro-batch and what became of them.",
    specification: {
      $schema: VEGA_LITE,
      width: WIDTH,
      height: 160,
      data: { values },
      mark: { type: "bar", width: 6 },
      encoding: {
        x: { field: "time", type: "temporal", title: "batch committed at" },
        y: { field: "rows", type: "quantitative" },
        color: { field: "kind", type: "nominal", sort: ["valid", "quarantined", "duplicate"] },
      },
    },
  };
}

function quarantineChart(quarantined: Readonly<Record<string, number>>): Chart {
  const values = Object.entries(quarantined).map(([reason, rows]) => ({ reason, rows }));
  return {
    title: "Quarantine",
    note: "Records kept aside with their bytes, by reason.",
    specification: {
      $schema: VEGA_LITE,
      width: WIDTH,
      data: { values },
      mark: "bar",
      encoding: {
        y: { field: "reason", type: "nominal", sort: "-x", title: null },
        x: { field: "rows", type: "quantitative" },
      },
    },
  };
}

function stageChart(stageSeconds: Readonly<Record<string, number>>): Chart {
  const stages = Object.keys(stageSeconds);
  const values = stages.map((stage) => ({ stage, seconds: stageSeconds[stage] }));
  return {
    title: "Where the time went",
    note: "Wall time per stage, in the order in which they ran.",
    specification: {
      $schema: VEGA_LITE,
      width: WIDTH,
      data: { values },
      mark: "bar",
      encoding: {
        y: { field: "stage", type: "nominal", sort: stages, title: null },
        x: { field: "seconds", type: "quantitative" },
      },
    },
  };
}

/** Every chart of the page, in reading order. */
export function reportCharts(report: DemoReport, details: ReportDetails): Chart[] {
  return [
    freshnessChart(details.batches),
    batchChart(details.batches),
    quarantineChart(report.events.quarantined),
    ...details.plots.map(modelChart),
    stageChart(report.stageSeconds),
  ];
}
