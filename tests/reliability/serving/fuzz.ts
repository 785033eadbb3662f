import * as fs from "node:fs";
import * as path from "node:path";

import type { DeployedApi } from "../../../bench/servingChain";
import { runCommand } from "../../../tools/command";
import type { Outcome } from "../../../tools/drill/drill";
import { inLocal, inRepository } from "../../../tools/paths";

/** What this reads of schemathesis's JSON report. */
interface Report {
  readonly complete: boolean;
  readonly test_cases: { readonly generated: number; readonly errored: number };
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
}

const CONFIGURATION = inRepository("tests", "reliability", "serving", "schemathesis.toml");
/** The first seed; every further round takes the next one. */
const SEED = 20_261;
const ROUNDS = 10;

/**
 * Asks the API what its own document allows and what it forbids, and checks every answer against the
 * document: no server error, no undeclared status, no body that breaks its schema.
 *
 * @param cases at least so many requests; schemathesis makes only as many as it finds different
 */
export async function fuzz(api: DeployedApi, directory: string, cases: number): Promise<Outcome> {
  fs.mkdirSync(directory, { recursive: true });
  let generated = 0;
  const complaints: string[] = [];
  for (let round = 0; round < ROUNDS && generated < cases && complaints.length === 0; round++) {
    const report = await runRound(api, directory, SEED + round, cases - generated);
    generated += report.test_cases.generated;
    complaints.push(
      ...[...report.failures, ...report.errors].map((found) => JSON.stringify(found)),
    );
    if (!report.complete || report.test_cases.errored > 0) {
      complaints.push("schemathesis did not finish its round; its log says why.");
    }
  }
  if (complaints.length === 0 && generated < cases) {
    complaints.push(`Only ${generated} of ${cases} requests were made in ${ROUNDS} rounds.`);
  }
  return { figures: { requests: generated, failures: complaints.length }, complaints };
}

async function runRound(
  api: DeployedApi,
  directory: string,
  seed: number,
  examples: number,
): Promise<Report> {
  const document = path.join(directory, "openapi.json");
  const report = path.join(directory, `report-${seed}.json`);
  fs.writeFileSync(document, JSON.stringify(api.document));
  const run = runCommand(
    inLocal("venv", "bin", "schemathesis"),
    [
      ...["--config-file", CONFIGURATION, "run", document, "--url", api.url, "--no-color"],
      ...["--seed", String(seed), "--max-examples", String(examples), "--workers", "2"],
      ...["--report", "json", "--report-json-path", report],
    ],
    {
      logPath: path.join(directory, `schemathesis-${seed}.log`),
      // It leaves folders of its own in the working directory.
      cwd: directory,
      // By environment, so that no list of processes shows the key.
      environment: { STREAMING_ML_API_KEY: api.apiKey },
    },
  );
  // A finding is an exit code of 1; what was found stands in the report.
  await run.catch((error: Error) => {
    if (!fs.existsSync(report)) {
      throw error;
    }
  });
  return JSON.parse(fs.readFileSync(report, "utf8")) as Report;
}
