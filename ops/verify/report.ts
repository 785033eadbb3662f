import type { Result } from "./check";
import { summary } from "./table";

/** Where a report comes from. */
export interface ReportHeader {
  readonly stack: string;
  /** What was asked for, for example "--active". */
  readonly options: readonly string[];
  readonly region?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether services on this machine stood in for AWS. */
  readonly standIns: boolean;
}

/**
 * Results as Markdown, to attach to an issue. Account ids, ids of access keys, anything that looks like a key of the API,
 * and the address of the API are taken out: checks put no secret into a sentence, and what AWS says is not ours.
 */
export function formatReport(header: ReportHeader, results: readonly Result[]): string {
  const lines = [
    `# Verification of stack ${header.stack}`,
    "",
    `${new Date(header.at).toISOString()}, ${header.region ?? "region unknown"}, options: ` +
      `${header.options.join(" ") || "none"}. ` +
      (header.standIns ? "Stand-ins on one machine answered, not AWS. " : "") +
      `${summary(results)}.`,
    "",
    "| check | result | found | to do |",
    "| --- | --- | --- | --- |",
    ...results.map(({ id, verdict }) =>
      [
        "",
        `\`${id}\``,
        verdict.status,
        cell(verdict.found),
        verdict.status === "failed" ? cell(verdict.todo) : "",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
    "",
  ];
  return withoutSecrets(lines.join("\n"));
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

/** What must not get into an issue, and what stands in its place. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, "ACCESS-KEY-ID"],
  [/\b\d{12}\b/g, "ACCOUNT"],
  [/\b[a-z0-9]{10}\.execute-api\./g, "API.execute-api."],
  // Keys of API Gateway and session tokens: longer than any name of ours.
  [/[A-Za-z0-9+/]{40,}={0,2}/g, "REMOVED"],
];

function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}
