import { expect } from "chai";

import { DemoReport, ReportDetails } from "../../local/demo/report";
import { renderReportPage } from "../../local/demo/reportPage";
import { formatSummary } from "../../local/demo/summary";

const report: DemoReport = {
  events: { sent: 110, valid: 100, quarantined: { not_json: 4, blank: 3 }, duplicates: 3 },
  freshnessSeconds: { p50: 0.71, p95: 1.25 },
  model: { macroF1: 0.7612, baselineMacroF1: 0.7412, accuracy: 0.78 },
  prediction: { p50Ms: 2.345, p99Ms: 9.876 },
  predictions: [
    {
      text: "so <b>good</b>",
      expected: { label: "positive" },
      prediction: { label: "positive", score_positive: 0.625 },
    },
    {
      text: "so bad",
      expected: { label: "negative" },
      prediction: { label: "neutral", score_positive: 0.125 },
    },
  ],
  stageSeconds: { deploy: 12.34, replay: 20 },
  api: { url: "http://127.0.0.1:1/" },
};

const details: ReportDetails = {
  batches: [
    {
      batchId: 0,
      committedAt: "2026-01-02T03:04:05Z",
      rowsIn: 110,
      valid: 100,
      quarantined: { not_json: 4, blank: 3 },
      duplicates: 3,
      freshnessSeconds: { p50: 0.71, p95: 1.25, max: 2 },
      batchSeconds: 0.5,
    },
  ],
  waitingSeconds: 1.5,
  figures: {
    metrics: [
      { name: "macro_f1", value: 0.7612, baseline: 0.7412 },
      { name: "accuracy", value: 0.78 },
    ],
    baseline: "TF-IDF",
  },
  plots: [
    {
      kind: "matrix",
      title: "Confusion",
      note: "Who was <i>what</i>.",
      rowTitle: "expected",
      rows: ["negative", "positive"],
      columnTitle: "answered",
      columns: ["negative", "positive"],
      counts: [
        [31, 1],
        [0, 57],
      ],
    },
    {
      kind: "curves",
      title: "Calibration",
      note: "How often.",
      xTitle: "score",
      yTitle: "share",
      lines: [
        {
          name: "positive",
          points: [
            [0.125, 0.25],
            [0.5, 0.75],
          ],
        },
      ],
      diagonal: true,
    },
  ],
  workload: "moods",
  rate: 2000,
  createdAt: "2026-01-02 03:04 UTC",
};

describe("demo summary", () => {
  const lines = formatSummary(report, details).split("\n");
  const line = (word: string): string => lines.find((each) => each.includes(word)) ?? "";

  it("shows every count, the gain over the baseline and the latencies", () => {
    expect(line("events sent")).to.contain("110");
    expect(line("in quarantine")).to.contain("7");
    expect(line("blank")).to.contain("3");
    expect(line("freshness")).to.contain("0.71 s / 1.25 s");
    expect(line("macro f1 on the test split")).to.contain("0.7612");
    expect(line("TF-IDF")).to.contain("0.7412 (-0.0200)");
    expect(line("accuracy")).to.contain("0.7800");
    expect(line("prediction p50")).to.contain("2.3 ms / 9.9 ms");
    expect(line("stage deploy")).to.contain("12.3 s");
  });

  it("says when the freshness is that of a backlog", () => {
    const behind = formatSummary(report, { ...details, waitingSeconds: 5.1 });
    expect(behind).to.match(/freshness p50 \/ p95 in a backlog │ 0\.71 s/);
    expect(line("freshness")).to.not.contain("backlog");
  });

  it("marks a wrong prediction and only that", () => {
    expect(line("so bad")).to.contain("neutral ✗");
    expect(line("so <b>good")).to.not.contain("✗");
  });
});

describe("report page", () => {
  let page: string;

  before(async () => {
    page = await renderReportPage(report, details);
  });

  /** The drawing below a heading. */
  const chart = (title: string): string =>
    page.split(`<h2>${title}</h2>`)[1]?.match(/<svg.*?<\/svg>/s)?.[0] ?? "";

  it("is one page with the stream's charts and those of the evaluation", () => {
    expect(page.match(/<h2>[^<]+(?=<\/h2><p>)/g)).to.deep.equal([
      "<h2>Freshness",
      "<h2>Micro-batches",
      "<h2>Quarantine",
      "<h2>Confusion",
      "<h2>Calibration",
      "<h2>Where the time went",
    ]);
    expect(page.match(/<svg/g)).to.have.length(6);
    expect(page).to.not.match(/<(script|link|img)/);
  });

  it("fits a narrow window: what is wider scrolls in its own box", () => {
    expect(page).to.contain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(page.match(/<div class="wide"><(svg|table)/g)).to.have.length(7);
    expect(page).to.contain(".wide { overflow-x: auto; }");
  });

  it("is dark where the reader's system is, with drawings on the ground they are made for", () => {
    expect(page).to.match(
      /@media \(prefers-color-scheme: dark\) \{\s*:root \{[^}]*--page: #14191f;/,
    );
    expect(page).to.match(/\nsvg \{[^}]*background: white;/);
  });

  it("shows texts as text, never as markup", () => {
    expect(page).to.contain("so &lt;b&gt;good&lt;/b&gt;").and.contain("&lt;i&gt;what");
    expect(page).to.not.contain("<b>good").and.not.contain("<i>what");
  });

  it("compares the gate's metric with the baseline", () => {
    expect(page).to.match(
      /macro f1<\/span><strong>0\.761<\/strong><small>\+0\.020 to TF-IDF \(0\.741\)/,
    );
  });

  it("says when the freshness is that of a backlog", async () => {
    expect(page).to.contain("<small>p95 1.25 s</small>");
    expect(await renderReportPage(report, { ...details, waitingSeconds: 5.1 })).to.contain(
      "<small>p95 1.25 s, in a backlog: records came faster than this machine took them</small>",
    );
  });

  it("marks correct and wrong predictions, and shows the answers beside them", () => {
    const cells = (text: string): string => page.match(`<tr[^>]*><td>${text}.*</tr>`)?.[0] ?? "";
    expect(cells("so &lt;b&gt;good")).to.equal(
      '<tr class="hit"><td>so &lt;b&gt;good&lt;/b&gt;</td><td>positive</td><td>positive</td>' +
        "<td>score_positive 0.63</td></tr>",
    );
    expect(cells("so bad")).to.equal(
      '<tr class="miss"><td>so bad</td><td>negative</td><td>neutral</td>' +
        "<td>score_positive 0.13</td></tr>",
    );
  });

  it("draws every count of a matrix, and a calibrated model beside curves", () => {
    for (const text of ["31", "57", "expected", "answered"]) {
      expect(chart("Confusion")).to.contain(`>${text}<`);
    }
    expect(chart("Calibration")).to.contain('stroke-dasharray="4,4"').and.contain(">positive<");
    expect(chart("Freshness")).to.not.contain("stroke-dasharray");
  });
});
