import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { inRepository } from "../../../tools/paths";
import { stackOutputs } from "../../contracts/stackOutputsExample";
import { type RecordedStack, recordStack } from "../recordedStack";

/** STS for one account; every other service refuses, as to somebody without permissions. */
function refusingAws(account: string): Server {
  return createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const isSts = request.headers.authorization?.includes("/sts/") === true;
      response.writeHead(isSts ? 200 : 403, {
        "content-type": isSts ? "text/xml" : "application/x-amz-json-1.1",
        "x-amzn-errortype": "AccessDeniedException",
      });
      response.end(
        isSts
          ? '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
              `<GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
          : '{"__type":"AccessDeniedException","message":"User: u is not authorized to perform: sagemaker:Ask on x"}',
      );
    });
  });
}

/** Where nobody listens. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe("the command verify", function () {
  this.timeout(120_000);
  let folder: string;
  let stack: RecordedStack;
  let server: Server | undefined;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "verified-"));
    const url = await addressOfNobody();
    stack = recordStack(folder, {
      streamingMl: { ...stackOutputs, api: { ...stackOutputs.api, url } },
    });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(0) : server.close(resolve)));
    server = undefined;
  });

  async function verify(account: string | undefined, ...args: string[]) {
    const credentials: Record<string, string> = {};
    if (account !== undefined) {
      server = refusingAws(account);
      await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
      // Not a stand-in: checks that only AWS can answer are to be asked, too.
      const port = (server.address() as AddressInfo).port;
      for (const service of [
        "STS",
        "EMR",
        "S3",
        "SAGEMAKER",
        "CLOUDWATCH",
        "KINESIS",
        "API_GATEWAY",
      ]) {
        credentials[`AWS_ENDPOINT_URL_${service}`] = `http://127.0.0.1:${port}`;
      }
      Object.assign(credentials, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    }
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
    const report = join(folder, "report.md");
    const child = spawn(
      process.execPath,
      [
        ...["-r", "tsx/cjs", "ops/main.ts", "verify", "--project-directory", stack.folder],
        ...["--report", report, ...args],
      ],
      {
        cwd: inRepository(),
        env: {
          ...Object.fromEntries(inherited),
          ...stack.environment,
          ...credentials,
          AWS_EC2_METADATA_DISABLED: "true",
          AWS_CONFIG_FILE: "/nonexistent",
          AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
          AWS_MAX_ATTEMPTS: "1",
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        },
      },
    );
    const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [code] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    const rows = readFileSync(report, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split(" | "))
      .map(([id, status, found]) => [id.slice(3, -1), status, found] as const);
    return { code, rows, of: (id: string) => rows.find(([one]) => one === id)?.slice(1) };
  }

  it("says in a sentence that there are no credentials, and asks what needs none", async () => {
    const { code, rows, of } = await verify(undefined, "-s", "dev", "--active");
    expect(code).to.equal(1);
    expect(of("account")?.[0]).to.equal("failed");
    expect(of("account")?.[1]).to.match(
      /^AWS does not say which account your credentials are for: CredentialsProviderError: .* one of stack "dev"\.$/,
    );
    expect(of("cluster")).to.deep.equal(["not applicable", "Not asked: see the check account."]);
    expect(of("api-without-key")?.[1]).to.match(/^The service cannot be reached: /);
    expect(rows.filter(([, status]) => status === "failed").map(([id]) => id)).to.deep.equal([
      "account",
      "api-without-key",
      "api-preflight",
    ]);
  });

  it("asks nothing of another account", async () => {
    const { code, of } = await verify("999999999999", "-s", "dev");
    expect(code).to.equal(1);
    expect(of("account")?.[1]).to.equal(
      'Stack "dev" lives in account ACCOUNT, but your credentials are for account ACCOUNT. Set AWS_PROFILE (or the AWS_* variables) to the stack\'s account.',
    );
    expect(of("job")).to.deep.equal(["not applicable", "Not asked: see the check account."]);
  });

  it("says for each check which permission it lacks, and continues", async () => {
    const { code, rows, of } = await verify("123456789012", "-s", "dev");
    expect(code).to.equal(1);
    expect(of("account")?.[0]).to.equal("ok");
    expect(of("training")).to.deep.equal([
      "failed",
      "AWS does not let you ask: you lack sagemaker:Ask.",
    ]);
    // Without a model there is no endpoint to ask about.
    expect(rows.filter(([, status]) => status === "failed")).to.have.length(rows.length - 3);
  });

  it("says in a sentence that a stack is not deployed", async () => {
    const { code, rows, of } = await verify("123456789012", "-s", "gone");
    expect(code).to.equal(1);
    expect(of("stack")?.[1]).to.match(
      /^The outputs of stack "gone" cannot be read: no stack named 'gone' found/,
    );
    expect(
      rows.slice(1).every(([, , found]) => found === "Not asked: see the check stack."),
    ).to.equal(true);
  });
});
