/** Deploys a small program with the real engine; proves what the engine does, not what AWS would. */
import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
} from "@aws-sdk/client-kinesis";
import { GetObjectCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Plan } from "../../local/engine/plan";
import { OfflineStack } from "../../local/engine/stack";
import { createRunDirectory } from "../../local/environment/run";
import { Service } from "../../local/environment/service";
import { startEmulator, startObjectStorage } from "./standIns";

const FIXTURE = join(__dirname, "fixture");

const changed = (plan: Plan) =>
  plan.resources
    .filter(({ operation }) => operation !== "same")
    .map(({ name, operation }) => `${operation} ${name}`)
    .sort();

async function message(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => {
      throw new Error("expected a failure");
    },
    (error: Error) => error.message,
  );
}

describe("the real engine with the offline provider", function () {
  this.timeout(240_000);
  let emulator: Service;
  let objectStorage: Service;
  let standInDirectory: string;
  let runDirectory: string;
  let stack: OfflineStack;
  let kinesis: KinesisClient;
  let s3: S3Client;
  let secrets: SecretsManagerClient;

  before(async () => {
    runDirectory = createRunDirectory("engine-test");
    // Not below the run's folder: whatever names that one counts as a process of the engine.
    standInDirectory = mkdtempSync(join(tmpdir(), "engine-test-"));
    emulator = await startEmulator(standInDirectory);
    objectStorage = await startObjectStorage(standInDirectory);
    const services = {
      AWS_ENDPOINT_URL: emulator.url,
      AWS_ENDPOINT_URL_S3: objectStorage.url,
      AWS_REGION: "us-east-1",
    };
    stack = await OfflineStack.open({
      stack: "local",
      runDirectory,
      services,
      programFolder: FIXTURE,
    });
    const settings = {
      endpoint: emulator.url,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    };
    kinesis = new KinesisClient({ ...settings, requestHandler: new NodeHttpHandler({}) });
    s3 = new S3Client({ ...settings, endpoint: objectStorage.url, forcePathStyle: true });
    secrets = new SecretsManagerClient(settings);
  });

  after(async () => {
    await objectStorage.stop();
    await emulator.stop();
    rmSync(runDirectory, { recursive: true, force: true });
    rmSync(standInDirectory, { recursive: true, force: true });
  });

  it("creates what carries data in the emulator, and gives outputs back", async () => {
    const plan = await stack.up();
    expect(plan.counts).to.deep.equal({ create: 9 });
    const outputs = await stack.outputs();
    expect(outputs.hidden).to.equal("shown to nobody");
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: outputs.streamName as string }),
    );
    expect(summary).to.include({ OpenShardCount: 1, RetentionPeriodHours: 48 });
    const { SecretString } = await secrets.send(
      new GetSecretValueCommand({ SecretId: outputs.secretArn as string }),
    );
    expect(SecretString).to.equal("a key nobody may read");
    expect(await storedCode(outputs)).to.equal("print('one')\n");
  });

  it("writes no secret into any file of the run", () => {
    const files = readdirSync(runDirectory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const holding = (text: string) => files.filter((file) => readFileSync(file).includes(text));
    const state = join(stack.run.state, ".pulumi", "stacks", "engine-fixture", "local.json");
    expect(holding("events-")).to.include(state);
    expect(holding("a key nobody may read")).to.deep.equal([]);
    expect(holding("shown to nobody")).to.deep.equal([]);
  });

  it("finds nothing to do the second time", async () => {
    const plan = await stack.up();
    expect(plan.counts).to.deep.equal({ same: 9 });
  });

  it("changes in place what AWS changes in place", async () => {
    await stack.setConfig({
      "engine-fixture:shards": "2",
      "engine-fixture:code": "print('two')\n",
    });
    const plan = await stack.up();
    expect(changed(plan)).to.deep.equal(["update code", "update events"]);
    const outputs = await stack.outputs();
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: outputs.streamName as string }),
    );
    expect(summary?.OpenShardCount).to.equal(2);
    expect(await storedCode(outputs)).to.equal("print('two')\n");
  });

  it("says replace where AWS replaces, and only there", async () => {
    await stack.setConfig({ "engine-fixture:groupDescription": "for another purpose" });
    const plan = await stack.preview();
    expect(changed(plan)).to.deep.equal(["replace clients"]);
    const replaced = plan.resources.find(({ operation }) => operation === "replace");
    expect(replaced?.replacedBy).to.deep.equal(["description"]);
    await stack.setConfig({ "engine-fixture:groupDescription": "Calls services" });
  });

  it("finds on refresh what the emulator lost, and creates it again", async () => {
    const { streamName } = await stack.outputs();
    await kinesis.send(new DeleteStreamCommand({ StreamName: streamName as string }));
    const refreshed = await stack.refresh();
    expect(refreshed.counts).to.deep.equal({ delete: 1, same: 8 });
    const plan = await stack.up();
    expect(changed(plan)).to.include("create events");
    const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
    expect(StreamNames).to.have.length(1);
  });

  it("fails with the reason as a sentence when the emulator refuses", async () => {
    await stack.setConfig({ "engine-fixture:retentionHours": "9000" });
    const text = await message(stack.up());
    await stack.setConfig({ "engine-fixture:retentionHours": "48" });
    expect(text).to.match(/^pulumi up of the stack "local" failed\.\n- /);
    expect(text).to.match(/Could not update "events" \(aws:kinesis\/stream:Stream\): /);
    expect(text).to.contain(runDirectory);
    expect(text).to.not.match(/\n\s+at /);
  });

  it("stops when asked to, leaving no process and a stack that can be updated", async () => {
    const abort = new AbortController();
    const operation = stack.refresh({
      signal: abort.signal,
      checkpoints: true,
      onEvent: () => abort.abort(new Error("told to stop")),
    });
    expect(await message(operation)).to.equal("told to stop");
    expect(runningProcesses(runDirectory)).to.deep.equal([]);
    expect((await stack.refresh()).counts).to.deep.equal({ same: 9 });
  });

  it("leaves no stream and no bucket behind", async () => {
    const plan = await stack.destroy();
    expect(plan.counts).to.deep.equal({ delete: 9 });
    expect((await kinesis.send(new ListStreamsCommand({}))).StreamNames).to.deep.equal([]);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).to.deep.equal([]);
    expect(runningProcesses(runDirectory)).to.deep.equal([]);
  });

  it("never touches the committed project files", () => {
    expect(readFileSync(join(FIXTURE, "Pulumi.local.yaml"), "utf8")).to.not.contain(
      "encryptionsalt",
    );
    expect(readFileSync(join(FIXTURE, "Pulumi.yaml"), "utf8")).to.not.contain("main:");
  });

  async function storedCode(outputs: Record<string, unknown>): Promise<string | undefined> {
    const { Body } = await s3.send(
      new GetObjectCommand({
        Bucket: outputs.bucketName as string,
        Key: outputs.objectKey as string,
      }),
    );
    return Body?.transformToString();
  }
});

/** Command lines of live processes that name the run's folder. */
function runningProcesses(runDirectory: string): string[] {
  return execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(runDirectory));
}
