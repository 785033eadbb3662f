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
    { text: "so <b>good</b>", expected: "positive", label: "positive", scores: [0.1, 0.2, 0.7] },
    { text: "so bad", expected: "negative", label: "neutral", scores: [0.4, 0.5, 0.1] },
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
  labels: ["negative", "neutral", "positive"],
  confusion: [
    [3, 1, 0],
    [0, 5, 1],
    [0, 0, 7],
  ],
  rate: 2000,
  createdAt: "2026-01-02 03:04 UTC",
};

describe("demo summary", () => {
  const lines = formatSummary(report).split("\n");
  const line = (word: string): string => lines.find((each) => each.includes(word)) ?? "";

  it("shows every count, the gain over the baseline and the latencies", () => {
    expect(line("events sent")).to.contain("110");
    expect(line("in quarantine")).to.contain("7");
    expect(line("blank")).to.contain("3");
    expect(line("freshness")).to.contain("0.71 s / 1.25 s");
    expect(line("TF-IDF")).to.contain("0.7412 (-2.0 points)");
    expect(line("prediction p50")).to.contain("2.3 ms / 9.9 ms");
    expect(line("stage deploy")).to.contain("12.3 s");
  });

  it("marks a wrong prediction and only that", () => {
    expect(line("so bad")).to.contain("neutral ✗");
    expect(line("so <b>good")).to.not.contain("✗");
  });
});

describe("report page", () => {
  it("is one page with five charts, and shows a post as text, never as markup", async () => {
    const page = await renderReportPage(report, details);
    expect(page.match(/<svg/g)).to.have.length(5);
    expect(page).to.contain("so &lt;b&gt;good&lt;/b&gt;");
    expect(page).to.not.contain("<b>good");
    expect(page).to.not.match(/<(script|link|img)/);
    expect(page).to.contain("2.0 points over TF-IDF");
  });
});
