import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { readEventContract } from "../../contracts/event/workloads";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import { findPulumi } from "../../local/engine/commandLine";
import { engineEnvironment } from "../../local/engine/environment";
import { EventLog } from "../../local/engine/eventLog";
import { registryAnswer } from "../../local/engine/placeholderRegistry";
import { PlanCollector } from "../../local/engine/plan";
import { planText } from "../../local/engine/planText";
import { installPlugins } from "../../local/engine/plugins";
import { sessionMembers, signalSession } from "../../local/engine/processSession";
import { openRunFolder } from "../../local/engine/runFolder";
import {
  setConfig,
  stackRegion,
  withoutEncryption,
  writeScratchProject,
} from "../../local/engine/scratchProject";

const FIXTURE = join(__dirname, "fixture");
const URN = "urn:pulumi:local::p::pulumi:pulumi:Stack::p-local";

describe("pieces of the engine", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("copies the project without anything that only the real stack's key decrypts", async () => {
    await writeScratchProject(folder, FIXTURE);
    const project = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as { main: string };
    expect(join(folder, project.main)).to.equal(`${FIXTURE}/`);
    expect(parse(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8"))).to.deep.equal({
      config: {
        "aws:region": "eu-west-1",
        "engine-fixture:shards": "2",
        "engine-fixture:network": "new",
      },
    });
  });

  it("removes secret values at any depth and keeps what stands beside them", () => {
    const text = "config:\n  a:\n    - b: { secure: x }\n      c: 1\n";
    expect(parse(withoutEncryption(text))).to.deep.equal({ config: { a: [{ c: 1 }] } });
  });

  it("sets configuration by path, in the copy only", async () => {
    await writeScratchProject(folder, FIXTURE);
    await setConfig(folder, "local", { "engine-fixture:shards": "3", "p:room.list.0": { x: 1 } });
    const { config } = parse(readFileSync(join(folder, "Pulumi.local.yaml"), "utf8")) as {
      config: Record<string, unknown>;
    };
    expect(config["engine-fixture:shards"]).to.equal("3");
    expect(config["p:room"]).to.deep.include({ list: [{ x: 1 }] });
    expect(await stackRegion(FIXTURE, "dev")).to.equal("eu-west-1");
  });

  it("names the existing stacks when asked for another", async () => {
    const text = await stackRegion(FIXTURE, "staging").catch((error: Error) => error.message);
    expect(text).to.equal(
      'There is no stack "staging": Pulumi.staging.yaml does not exist. Choose one of dev, local.',
    );
  });

  it("lets no account, profile or token of the caller reach the engine", async () => {
    const run = await openRunFolder(folder);
    const environment = engineEnvironment(
      run,
      {
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        PULUMI_BACKEND_URL: "s3://x",
        PULUMI_PARALLEL: "1",
      },
      { PATH: "/bin", AWS_PROFILE: "prod", PULUMI_ACCESS_TOKEN: "t", AWS_ENDPOINT_URL: "http://x" },
    );
    expect(environment).to.include({
      PATH: "/bin",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ACCESS_KEY_ID: "local",
      PULUMI_BACKEND_URL: `file://${run.state}`,
    });
    expect(environment).to.not.have.any.keys(
      "AWS_PROFILE",
      "PULUMI_ACCESS_TOKEN",
      "PULUMI_PARALLEL",
    );
  });

  it("installs plugins in the versions of the npm packages", async () => {
    await installPlugins(folder);
    for (const name of ["aws", "awsx"]) {
      const manifest = require.resolve(`@pulumi/${name}/package.json`);
      const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
      const script = readFileSync(
        join(folder, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`),
        "utf8",
      );
      expect(script).to.match(new RegExp(`^#!/bin/sh\\nexec .* ${name} ${version} "\\$@"\\n$`));
    }
  });

  it("finds the engine on PATH when it is not set up, and says what to do when it is nowhere", () => {
    const empty = join(folder, "empty");
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pulumi"), "#!/bin/sh\n");
    expect(() => findPulumi({ PATH: `${empty}:${bin}` }, empty)).to.throw(/make setup/);
    chmodSync(join(bin, "pulumi"), 0o755);
    expect(findPulumi({ PATH: `${empty}:${bin}` }, empty)).to.equal(join(bin, "pulumi"));
  });

  it("reads events that arrive in pieces, and leaves no file of them", async () => {
    const path = join(folder, "events");
    const engine = openSync(path, "w");
    const line = Buffer.from(`${JSON.stringify({ sequence: 1, text: "é" })}\n`);
    const cut = line.indexOf(0xa9);
    const seen: unknown[] = [];
    const log = new EventLog(path, (event) => seen.push(event));
    log.start();
    // The piece ends inside of a character.
    writeSync(engine, line.subarray(0, cut));
    while (existsSync(path)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen).to.deep.equal([]);
    writeSync(engine, line.subarray(cut));
    await log.finish();
    closeSync(engine);
    expect(seen).to.deep.equal([{ sequence: 1, text: "é" }]);
  });

  it("ends every process of a session, also one that left its process group", async () => {
    const leader = spawn("sh", ["-c", "set -m; sleep 60 & sleep 60"], {
      detached: true,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => leader.once("exit", resolve));
    const pid = leader.pid ?? -1;
    const membersBecome = async (count: number): Promise<number[]> => {
      for (let tries = 0; tries < 250 && sessionMembers(pid).length !== count; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return sessionMembers(pid);
    };
    try {
      const members = await membersBecome(3);
      expect(members).to.have.length(3).and.include(pid).and.not.include(process.pid);
      signalSession(pid, "SIGKILL");
      await ended;
      expect(await membersBecome(0)).to.deep.equal([]);
    } finally {
      leader.kill("SIGKILL");
    }
  });

  it("answers the registry's questions and no other", () => {
    const approved = { content: "approved", region: "eu-west-1", workload: "sentiment" } as const;
    const none = { ...approved, content: "none" } as const;
    const question = { ModelPackageGroupName: "models" };
    const answer = registryAnswer(approved, "ListModelPackages", question);
    const [summary] = answer?.ModelPackageSummaryList as Record<string, unknown>[];
    expect(summary).to.include({
      ModelPackageArn: "arn:aws:sagemaker:eu-west-1:123456789012:model-package/models/1",
      ModelApprovalStatus: "Approved",
    });
    expect(registryAnswer(none, "ListModelPackages", question)).to.deep.equal({
      ModelPackageSummaryList: [],
    });
    const name = summary.ModelPackageArn;
    const described = registryAnswer(approved, "DescribeModelPackage", { ModelPackageName: name });
    expect(described?.CustomerMetadataProperties).to.deep.equal({
      workload: "sentiment",
      contract: readEventContract("sentiment").sha256,
      predictionSchema: `s3://placeholder-artifacts/schemas/${readPredictionContract("sentiment").fileName}`,
    });
    expect(registryAnswer(approved, "CreateModel", {})).to.equal(undefined);
  });

  it("prints a tree with what is replaced by what", () => {
    const collector = new PlanCollector();
    const step = (op: string, type: string, name: string, parent: string, diff: object = {}) =>
      collector.add({
        resourcePreEvent: {
          metadata: {
            op,
            type,
            urn: `urn::p::${type}::${name}`,
            new: { parent },
            detailedDiff: diff,
          },
        },
      } as unknown as EngineEvent);
    const parent = "urn::p::room:Room::stream";
    step("create", "room:Room", "stream", URN);
    step("replace", "aws:sns/topic:Topic", "b", parent, { name: { diffKind: "update-replace" } });
    step("create-replacement", "aws:sns/topic:Topic", "b", parent);
    step("update", "aws:kinesis/stream:Stream", "a", parent, {
      shardCount: { diffKind: "update" },
    });
    step("update", "aws:ssm/parameter:Parameter", "c", parent, { value: { diffKind: "update" } });
    collector.add({
      summaryEvent: { resourceChanges: { create: 1, replace: 1, update: 2, same: 0 } },
    } as unknown as EngineEvent);
    expect(planText(collector.plan()).split("\n")).to.deep.equal([
      "+  room:Room             stream",
      "~    aws:kinesis:Stream  a  [shardCount]",
      "±    aws:sns:Topic       b  [replaced by name]",
      "~    aws:ssm:Parameter   c  [value; whether AWS replaces it was not looked up]",
      "",
      "1 to create, 1 to replace, 2 to update",
    ]);
  });

  it("collects the reasons of a failure once, without colours and the engine's own summary", () => {
    const collector = new PlanCollector();
    const say = (message: string) =>
      collector.add({
        diagnosticEvent: { severity: "error", message, urn: URN, color: "raw" },
      } as unknown as EngineEvent);
    say("<{%reset%}>The stream is gone.<{%reset%}>\n    at somewhere (file.ts:1)\n");
    say("error: The stream is gone.");
    say("update failed");
    expect(collector.plan().errors).to.deep.equal(["The stream is gone."]);
  });
});
