import * as vega from "vega";
import { compile } from "vega-lite";

import { metricInWords, signed } from "./modelFigures";
import { inWords, isExpected, partOf, restOf, withNames } from "./prediction";
import { DemoReport, isBacklog, ModelFigures, ReportDetails } from "./report";
import { reportCharts } from "./reportCharts";

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function tile(title: string, value: string, note: string): string {
  return (
    `<div class="tile"><span>${escapeHtml(title)}</span>` +
    `<strong>${escapeHtml(value)}</strong><small>${escapeHtml(note)}</small></div>`
  );
}

const BACKLOG = "records came faster than this machine took them";

function modelTile({
  metrics: [{ name, value, baseline }],
  baseline: other,
}: ModelFigures): string {
  const note =
    baseline === undefined
      ? "on the test split"
      : `${signed(value - baseline, 3)} to ${other} (${baseline.toFixed(3)})`;
  return tile(metricInWords(name), value.toFixed(3), note);
}

function tiles(report: DemoReport, details: ReportDetails): string {
  const { events, freshnessSeconds, prediction } = report;
  const quarantined = Object.values(events.quarantined).reduce((total, n) => total + n, 0);
  return [
    tile(
      "events accounted for",
      String(events.sent),
      `${events.valid} valid, ${quarantined} quarantined, ${events.duplicates} duplicates`,
    ),
    tile(
      "freshness p50",
      `${freshnessSeconds.p50.toFixed(2)} s`,
      `p95 ${freshnessSeconds.p95.toFixed(2)} s${isBacklog(details) ? `, in a backlog: ${BACKLOG}` : ""}`,
    ),
    modelTile(details.figures),
    tile(
      "prediction p50",
      `${prediction.p50Ms.toFixed(1)} ms`,
      `p99 ${prediction.p99Ms.toFixed(1)} ms, through the REST API`,
    ),
  ].join("\n");
}

function predictionRows(report: DemoReport): string {
  return report.predictions
    .map(({ text, expected, prediction }) => {
      const cells = [
        text,
        inWords(expected),
        inWords(partOf(expected, prediction)),
        withNames(restOf(expected, prediction)),
      ];
      const row = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
      return `<tr class="${isExpected(expected, prediction) ? "hit" : "miss"}">${row}</tr>`;
    })
    .join("\n");
}

const STYLE = `
:root { color-scheme: light dark; --text: #1c2733; --quiet: #5a6775; --line: #dde3ea; --hit: #146c43; --miss: #b3261e; --page: white; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e3e8ee; --quiet: #a3afbc; --line: #38434f; --hit: #6fd3a0; --miss: #ff9b91; --page: #14191f; }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: var(--text); background: var(--page); }
h1 { margin-bottom: 0; } h2 { margin: 2rem 0 0; } p { margin: 0 0 .5rem; color: var(--quiet); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
.tile { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; display: flex; flex-direction: column; }
.tile strong { font-size: 1.9rem; line-height: 1.2; } .tile span, .tile small { color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 36rem; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
td:first-child { overflow-wrap: anywhere; } td:last-child { font-size: 12px; color: var(--quiet); }
tr.miss td:nth-child(3) { color: var(--miss); } tr.hit td:nth-child(3) { color: var(--hit); }
/* The drawings have colours of their own, for a light ground. */
svg { display: block; background: white; border-radius: .5rem; }
`;

/** One self-contained HTML page: figures, charts as inline SVG, and the predictions. */
export async function renderReportPage(
  report: DemoReport,
  details: ReportDetails,
): Promise<string> {
  const charts = await Promise.all(
    reportCharts(report, details).map(async ({ title, note, specification }) => {
      const view = new vega.View(vega.parse(compile(specification).spec), { renderer: "none" });
      const svg = await view.toSVG();
      view.finalize();
      return `<h2>${escapeHtml(title)}</h2><p>${escapeHtml(note)}</p><div class="wide">${svg}</div>`;
    }),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>streaming-ml: report of a run</title>
<style>${STYLE}</style>
</head>
<body>
<h1>From events to predictions</h1>
<p>Workload ${escapeHtml(details.workload)}, ${escapeHtml(details.createdAt)}, replayed at ${details.rate} records per second</p>
<div class="tiles">${tiles(report, details)}</div>
<h2>Events whose answers were held back</h2>
<p>What the REST API answered about events whose labels training has not seen.</p>
<div class="wide"><table><tr><th>event</th><th>expected</th><th>predicted</th><th>beside it</th></tr>
${predictionRows(report)}
</table></div>
${charts.join("\n")}
</body>
</html>
`;
}
