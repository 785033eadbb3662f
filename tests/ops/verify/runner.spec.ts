import { expect } from "chai";

import { Failure } from "../../../ops/failure";
import type { Check, Result } from "../../../ops/verify/check";
import { refusalVerdict } from "../../../ops/verify/refusal";
import { formatReport } from "../../../ops/verify/report";
import { hasFailed, runChecks } from "../../../ops/verify/runner";
import { standInsAnswer } from "../../../ops/verify/standIns";
import { formatResults } from "../../../ops/verify/table";
import { failed, notApplicable, ok } from "../../../ops/verify/verdict";
import { tableRows } from "../tableRows";

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

function check(id: string, more: Partial<Check<object>> = {}): Check<object> {
  return { id, title: id, run: () => Promise.resolve(ok("Seen.")), ...more };
}

describe("running checks", () => {
  const broken = check("broken", {
    run: () =>
      Promise.reject(
        named("AccessDeniedException", "User: u is not authorized to perform: emr:Look on x"),
      ),
  });
  const aws = check("aws", { onlyAws: "One machine has none." });
  const open = check("open", { withoutCredentials: true });

  it("continues after a check that could not ask, and says what it lacks", async () => {
    const shown: string[] = [];
    const results = await runChecks(
      [broken, open],
      {},
      { standIns: false, show: ({ id }) => shown.push(id) },
    );
    expect(results.map(({ id, verdict }) => [id, verdict.status])).to.deep.equal([
      ["broken", "failed"],
      ["open", "ok"],
    ]);
    expect(results[0].verdict).to.deep.equal({
      status: "failed",
      found: "AWS does not let you ask: you lack emr:Look.",
      todo: "Allow emr:Look to whoever runs this command, or run it as the deployer.",
    });
    expect(shown).to.deep.equal(["broken", "open"]);
    expect(hasFailed(results)).to.equal(true);
    expect(hasFailed(results.slice(1))).to.equal(false);
  });

  it("asks AWS nothing without the right credentials, and does everything else", async () => {
    const results = await runChecks([broken, open], {}, { standIns: false, closed: "Closed." });
    expect(results.map(({ verdict }) => verdict)).to.deep.equal([
      notApplicable("Closed."),
      ok("Seen."),
    ]);
  });

  it("says on one machine what only AWS can answer, and asks the rest", async () => {
    const results = await runChecks([aws, open], {}, { standIns: true });
    expect(results.map(({ verdict }) => verdict)).to.deep.equal([
      notApplicable("One machine has none."),
      ok("Seen."),
    ]);
    const [there] = await runChecks([aws], {}, { standIns: false });
    expect(there.verdict).to.deep.equal(ok("Seen."));
  });
});

describe("what keeps a check from asking", () => {
  for (const [error, found] of [
    [named("AccessDenied", "Access Denied"), "AWS does not let you ask: Access Denied."],
    [
      named(
        "AccessDenied",
        "User: arn:u is not authorized to perform: cloudwatch:DescribeAlarms because x",
      ),
      "AWS does not let you ask: you lack cloudwatch:DescribeAlarms.",
    ],
    [
      named("ExpiredTokenException", "The security token included in the request is expired."),
      "AWS does not accept your credentials: The security token included in the request is expired.",
    ],
    [
      named("CredentialsProviderError", "Could not load credentials from any providers"),
      "There are no credentials for AWS: Could not load credentials from any providers.",
    ],
    [
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } }),
      "The service cannot be reached: fetch failed.",
    ],
    [
      named("ThrottlingException", "Rate exceeded."),
      "Asking failed: ThrottlingException: Rate exceeded.",
    ],
    [new Failure("There is no Pulumi CLI."), "There is no Pulumi CLI."],
  ] as const) {
    it(`is one sentence: ${found}`, () => {
      const verdict = refusalVerdict(error);
      expect(verdict.status).to.equal("failed");
      expect(verdict.found).to.equal(found);
    });
  }
});

describe("whether services of this machine answer", () => {
  it("is what the SDK's variable says", () => {
    for (const [endpoint, expected] of [
      ["http://127.0.0.1:4566", true],
      ["http://localhost:1", true],
      ["http://[::1]:1", true],
      ["https://vpce-1.kinesis.us-east-1.vpce.amazonaws.com", false],
      ["http://127.0.0.1.example.com", false],
      ["", false],
      [undefined, false],
    ] as const) {
      expect(standInsAnswer({ AWS_ENDPOINT_URL: endpoint }), endpoint).to.equal(expected);
    }
  });
});

describe("results", () => {
  const results: Result[] = [
    { id: "cluster", title: "t", verdict: ok("It runs.") },
    { id: "job", title: "t", verdict: failed("It | does\nnot.", "Start it.") },
    { id: "drift", title: "t", verdict: notApplicable("Not here.") },
  ];

  it("are a table that says what to do", () => {
    const rows = tableRows(formatResults(results));
    expect(rows).to.deep.equal([
      ["check", "result", "found, and what to do"],
      ["cluster", "ok", "It runs."],
      ["job", "failed", "It | does"],
      ["", "", "not."],
      ["", "", "To do: Start it."],
      ["drift", "not applicable", "Not here."],
    ]);
    expect(formatResults(results)).to.match(/\n1 ok, 1 failed, 1 not applicable$/);
  });

  it("are a report in Markdown", () => {
    const header = {
      stack: "dev",
      options: ["--active"],
      region: "us-east-1",
      at: 0,
      standIns: true,
    };
    expect(formatReport(header, results)).to.equal(
      [
        "# Verification of stack dev",
        "",
        "1970-01-01T00:00:00.000Z, us-east-1, options: --active. Stand-ins on one machine answered, not AWS. " +
          "1 ok, 1 failed, 1 not applicable.",
        "",
        "| check | result | found | to do |",
        "| --- | --- | --- | --- |",
        "| `cluster` | ok | It runs. |  |",
        "| `job` | failed | It \\| does not. | Start it. |",
        "| `drift` | not applicable | Not here. |  |",
        "",
      ].join("\n"),
    );
  });

  it("show no account, key or address in a report, whatever AWS says", () => {
    const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYAB";
    const said =
      `User: arn:aws:sts::123456789012:assumed-role/x, key AKIAIOSFODNN7EXAMPLE, ${secret}, ` +
      "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/live";
    const report = formatReport({ stack: "dev", options: [], at: 0, standIns: false }, [
      { id: "x", title: "t", verdict: failed(said, said) },
    ]);
    expect(report).to.contain(
      "User: arn:aws:sts::ACCOUNT:assumed-role/x, key ACCESS-KEY-ID, REMOVED, " +
        "https://API.execute-api.us-east-1.amazonaws.com/live",
    );
    for (const one of ["123456789012", "AKIAIOSFODNN7EXAMPLE", secret, "a1b2c3d4e5"]) {
      expect(report).not.to.contain(one);
    }
  });
});
