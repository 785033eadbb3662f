import { expect } from "chai";
import * as fs from "node:fs";

import { StackOutputs } from "../../contracts/stackOutputs";
import { auditLake, waitForLake } from "../../local/demo/lake";
import { isExpected } from "../../local/demo/prediction";
import { askAbout, predict } from "../../local/demo/predictions";
import { DemoRecords, inventRecords, makeRecords } from "../../local/demo/records";
import { replay } from "../../local/demo/replay";
import { createRunDirectory } from "../../local/environment/run";
import { processesOfRun } from "../../local/environment/session";
import { LocalRun } from "../../local/run/localRun";
import { onCallHolds } from "./onCallHolds";
import { EVERY_PERMISSION, permissionsHold } from "./permissionsHold";
import { PLANTED, withPlantedData } from "./plantedData";
import { processesThatDump } from "./processLimits";
import { refusalOfProduce } from "./refusalOfProduce";
import { filesOf, filesWithSecrets, SEARCHED, secretsOf } from "./runSecrets";
import { takeRole } from "./takenRole";
import { EVENTS, instanceWith, isPrediction, SERVES_IT, testedWorkload } from "./testedWorkload";
import { verifies } from "./verifies";

/**
 * The demo's chain on some of a workload's events: real engine, real Spark, real TensorFlow, the workload's own gate.
 *
 * Proves that the definitions the program deploys run and that every record is accounted for; not
 * that AWS accepts them, and not how good or fast the full run is (see `make demo`, `make bench`).
 */
describe(`from events to predictions on one machine: ${testedWorkload.name}`, () => {
  const quiet = (): void => undefined;
  let run: LocalRun;
  let outputs: StackOutputs;
  let demo: DemoRecords;
  let secrets: readonly Buffer[] = [];
  let searchedAt = 0;

  before(async () => {
    run = await LocalRun.start(createRunDirectory("end-to-end"), {
      ...SERVES_IT,
      ...EVERY_PERMISSION,
    });
    demo = await withPlantedData(run, await makeRecords(run, EVENTS));
  });

  after(async () => {
    await run?.stop();
  });

  async function post(body: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${outputs.api.url}/v1/predictions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    const answer = (await response.json()) as { error?: { code: string; message: string } };
    return { status: response.status, error: answer.error };
  }

  it("deploys the stack before there is a model", async () => {
    outputs = await run.deploy();
    expect(outputs.contractVersion).to.equal(1);
    expect(outputs.endpoint).to.equal(null);
  });

  it("answers 503 no_model with a key and 403 without one", async () => {
    const body = JSON.stringify({ instances: [testedWorkload.prediction.sample] });
    const key = await run.apiKey();
    const withKey = await post(body, { "x-api-key": key });
    expect(withKey.status).to.equal(503);
    expect(withKey.error?.code).to.equal("no_model");
    expect((await post(body)).status).to.equal(403);
    expect((await post(body, { "x-api-key": `${key}x` })).status).to.equal(403);
  });

  it("has nothing to change when nothing has changed", async () => {
    const plan = await run.stack.up();
    expect(Object.keys(plan.counts)).to.deep.equal(["same"]);
  });

  it("would replace nothing for other limits of scaling, other settings of the job or other tags", async () => {
    const cluster = "streaming-ml:cluster.scaling";
    const limits = (units: number) => ({
      [`${cluster}.maximumUnits`]: units,
      [`${cluster}.maximumOnDemandUnits`]: units,
    });
    const tags = { project: "streaming-ml", stack: "local" };
    await run.stack.setConfig({
      ...limits(2),
      "streaming-ml:job.deduplicationMinutes": 30,
      "aws:defaultTags": { tags: { ...tags, owner: "somebody" } },
    });
    const plan = await run.stack.preview();
    await run.stack.setConfig({
      ...limits(1),
      "streaming-ml:job.deduplicationMinutes": 60,
      "aws:defaultTags": { tags },
    });
    const named = (operation: string) =>
      plan.resources.filter((one) => one.operation === operation).map(({ name }) => name);
    // EMR's policy of scaling has no update: it alone is put anew.
    expect(named("replace")).to.deep.equal(["spark-scaling"]);
    expect(named("update")).to.include("streaming-job");
  });

  it("accounts for every record that was sent", async () => {
    const sentFile = run.file("sent.jsonl");
    await replay(run, outputs.stream.name, demo.records, { rate: 1000, sentFile, show: quiet });
    await waitForLake(run, demo.records.length, quiet);
    const { events } = await auditLake(run, sentFile, outputs.lake, quiet);
    const expected = { valid: 0, duplicates: 0, quarantined: {} as Record<string, number> };
    for (const { expected: verdict } of demo.records) {
      if (verdict === "valid") {
        expected.valid += 1;
      } else if (verdict === "duplicate") {
        expected.duplicates += 1;
      } else {
        expected.quarantined[verdict] = (expected.quarantined[verdict] ?? 0) + 1;
      }
    }
    expect(events).to.deep.equal({ sent: demo.records.length, ...expected });
  });

  it("keeps every refused record to the byte, for readers with the key of the quarantine", async () => {
    const { bucket, quarantineKeySecretArn = "" } = outputs.lake;
    const reader = await takeRole(run, outputs.access?.quarantineReaderRoleArn);
    const printed = await run.python(
      "tests.python.clients.quarantine_contents",
      [bucket, quarantineKeySecretArn],
      quiet,
      reader.variables,
    );
    const refused = demo.records.filter(
      ({ expected }) => expected !== "valid" && expected !== "duplicate",
    );
    expect(refused).to.not.deep.equal([]);
    expect(JSON.parse(printed.trim().split("\n").at(-1) ?? "")).to.have.deep.members(
      refused.map(({ partitionKey, data }) => [partitionKey, Buffer.from(data).toString("base64")]),
    );
  });

  it("trains, evaluates and registers an approved model", async () => {
    // As a person on call: the deployer is asked about nothing.
    const onCall = await takeRole(run, outputs.access?.onCallRoleArn);
    const asked = ["train", "--wait", "--stack", "local"];
    const trained = await run.node("ops/main.ts", asked, quiet, onCall.variables);
    expect(trained).to.contain("Approved");
  });

  it("serves the approved model and answers about events whose answers were held back", async () => {
    outputs = await run.deploy();
    expect(outputs.endpoint).to.not.equal(null);
    const api = { url: outputs.api.url, key: await run.apiKey() };
    const answers = await askAbout(api, demo.questions);
    expect(answers).to.have.length(demo.questions.length);
    expect(answers.filter(({ prediction }) => !isPrediction(prediction))).to.deep.equal([]);
    // More than somebody who says the same to everything.
    const right = answers.filter((answer) => isExpected(answer.expected, answer.prediction));
    expect(right.length, JSON.stringify(answers)).to.be.greaterThan(answers.length / 2);
  });

  it("refuses a body that breaks the contract and says what was wrong", async () => {
    const headers = { "x-api-key": await run.apiKey() };
    const empty = await post(JSON.stringify({ instances: [] }), headers);
    expect(empty.status).to.equal(400);
    expect(empty.error?.message).to.match(/array is too short/);
    const unknown = await post(
      JSON.stringify({ instances: [{ ...testedWorkload.prediction.sample, x: 1 }] }),
      headers,
    );
    expect(unknown.status).to.equal(400);
    expect(unknown.error?.message).to.match(/"x"/);
    const text = await post("text", { ...headers, "content-type": "text/plain" });
    expect(text.status).to.equal(415);
  });

  it("repeats no text and no key in an error, and answers for one with personal data", async () => {
    const key = await run.apiKey();
    const headers = { "x-api-key": key };
    const text = `${PLANTED.email} ${PLANTED.phone} ${PLANTED.person}`;
    const right = await post(JSON.stringify({ instances: [instanceWith(text)] }), headers);
    expect(right.status).to.equal(200);
    const errors = [];
    for (const instances of [[{ ...instanceWith(text), x: 1 }], [instanceWith([text])], text]) {
      const wrong = await post(JSON.stringify({ instances }), headers);
      expect(wrong.status).to.equal(400);
      errors.push(JSON.stringify(wrong.error));
    }
    errors.push(await refusalOfProduce(run, text));
    for (const secret of [...Object.values(PLANTED), key]) {
      expect(errors.filter((error) => error.includes(secret))).to.deep.equal([]);
    }
  });

  it("lets no process of the job that has the keys write its memory to a disk", () => {
    const { dumping, forbidden } = processesThatDump(processesOfRun(run.runDirectory));
    expect(dumping).to.deep.equal([]);
    // The virtual machine of the driver, and the process that told it so.
    expect(forbidden).to.have.length.at.least(2);
  });

  it("serves a stock boto3 client that knows only the endpoint URLs", async () => {
    await inventRecords(run, "stock", 2);
    const { sample } = testedWorkload.prediction;
    const printed = await run.python(
      "tests.python.clients.stock_client",
      [
        ...["--stream", outputs.stream.name, "--records", run.file("events", "stock.jsonl")],
        ...["--endpoint", outputs.endpoint?.name ?? "", "--instance", JSON.stringify(sample)],
      ],
      quiet,
    );
    const api = { url: outputs.api.url, key: await run.apiKey() };
    expect(JSON.parse(printed.trim().split("\n").at(-1) ?? "")).to.deep.equal({
      putRecords: 2,
      failed: 0,
      predictions: await predict(api, [sample]),
    });
  });

  onCallHolds(() => ({ run, outputs }));

  permissionsHold(() => {
    const [{ data }] = demo.records.filter(({ expected }) => expected === "valid");
    return { run, outputs, event: Buffer.from(data) };
  });

  verifies(() => run);

  it("keeps keys and personal data out of state, logs, plans, reports and all else that it has written", async () => {
    secrets = await secretsOf(run);
    searchedAt = Date.now();
    expect(filesWithSecrets(run, secrets)).to.deep.equal([]);
    const folder = run.runDirectory;
    const held = await run.python("tests.python.clients.parquet_holding", [folder], quiet);
    expect(JSON.parse(held.trim().split("\n").at(-1) ?? "")).to.deep.equal({
      holding: [],
      masked: true,
    });
  });

  for (const place of SEARCHED) {
    it(`has searched ${place.kind} for them`, () => {
      expect(filesOf(run, place)).to.not.deep.equal([]);
    });
  }

  it("leaves no stream, no bucket and no process behind, though models are registered and one is trained", async () => {
    const onCall = await takeRole(run, outputs.access?.onCallRoleArn);
    await run.node("ops/main.ts", ["train", "--stack", "local"], quiet, onCall.variables);
    await run.destroy();
    const printed = await run.python("tests.python.clients.emulator_contents", [], quiet);
    expect(JSON.parse(printed.trim().split("\n").at(-1) ?? "")).to.deep.equal({
      streams: [],
      buckets: [],
    });
    await run.stop();
    expect(filesWithSecrets(run, secrets, searchedAt)).to.deep.equal([]);
    expect(processesOfRun(run.runDirectory)).to.deep.equal([]);
    expect(fs.existsSync(run.runDirectory)).to.equal(true);
  });
});
