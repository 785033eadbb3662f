import { expect } from "chai";
import { unzipSync } from "fflate";
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { connectionTo, describeFailure } from "../../local/provider/emulation/connection";
import { objectContent } from "../../local/provider/emulation/content";
import { upperCamelKeys } from "../../local/provider/emulation/upperCamel";
import { usagePlanPatch, usagePlanRequest } from "../../local/provider/emulation/usagePlan";

describe("connection to the emulator", () => {
  it("prefers a service's own endpoint and never uses real credentials", () => {
    const environment = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_EMR: "http://localhost:2",
      AWS_ACCESS_KEY_ID: "somebody's",
    };
    expect(connectionTo("EMR", "us-east-1", environment).endpoint).to.equal("http://localhost:2");
    expect(connectionTo("S3", "us-east-1", environment)).to.deep.include({
      endpoint: "http://127.0.0.1:1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  });

  it("refuses to run without an emulator, or with one that is not on this machine", () => {
    expect(() => connectionTo("S3", "us-east-1", {})).to.throw(
      /needs an emulator for S3.*AWS_ENDPOINT_URL_S3/,
    );
    for (const endpoint of [
      "https://s3.amazonaws.com",
      "http://127.0.0.1.example.com",
      "nonsense",
    ]) {
      expect(() => connectionTo("S3", "us-east-1", { AWS_ENDPOINT_URL: endpoint })).to.throw(
        /on this machine only/,
      );
    }
  });

  it("says which resource failed, and that the emulator is dead when it is", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(describeFailure("create", "aws:s3/bucket:Bucket", "lake", refused).message).to.equal(
      'Could not create "lake" (aws:s3/bucket:Bucket): the emulator does not answer (connect). ' +
        "Is the local environment running?",
    );
  });
});

describe("content of an object", () => {
  const asset = (content: object) => ({ [specialSigKey]: specialAssetSig, ...content });
  const archive = (content: object) => ({ [specialSigKey]: specialArchiveSig, ...content });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "content-"));
    mkdirSync(join(folder, "package"));
    writeFileSync(join(folder, "package", "job.py"), "print(1)\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("comes from text, base64, a text asset and a file", async () => {
    const file = join(folder, "package", "job.py");
    const contents = await Promise.all(
      [
        { content: "é" },
        { contentBase64: Buffer.from("é").toString("base64") },
        { source: asset({ text: "é" }) },
        { source: asset({ path: file }) },
      ].map((inputs) => objectContent(inputs)),
    );
    expect(contents.map((bytes) => Buffer.from(bytes).toString())).to.deep.equal([
      "é",
      "é",
      "é",
      "print(1)\n",
    ]);
  });

  it("zips folders and archives, the same bytes each time", async () => {
    const source = archive({
      assets: { lib: archive({ path: folder }), "note.txt": asset({ text: "n" }) },
    });
    const first = await objectContent({ source });
    const DATE_AND_TIME_OF_FIRST_FILE = [10, 14] as const;
    const stamp = Buffer.from(first.subarray(...DATE_AND_TIME_OF_FIRST_FILE)).toString("hex");
    expect(stamp, "midnight of 1 January 1980").to.equal("00002100");
    expect(Buffer.from(first).equals(Buffer.from(await objectContent({ source })))).to.equal(true);
    const files = unzipSync(first);
    expect(Object.keys(files)).to.deep.equal(["lib/package/job.py", "note.txt"]);
    expect(Buffer.from(files["lib/package/job.py"]).toString()).to.equal("print(1)\n");
  });

  it("refuses an object without content and one from the network", async () => {
    const messages: string[] = [];
    for (const inputs of [{ key: "k" }, { key: "k", source: asset({ uri: "https://x" }) }]) {
      await objectContent(inputs).catch((error: Error) => messages.push(error.message));
    }
    expect(messages[0]).to.match(/"k" has no content/);
    expect(messages[1]).to.match(/not available offline/);
  });
});

describe("requests to the emulator", () => {
  it("spells nested names as AWS does and leaves keys that are data alone", () => {
    expect(
      upperCamelKeys({
        productionVariants: [{ serverlessConfig: { memorySizeInMb: 2048 }, modelName: "m" }],
        primaryContainer: { environment: { sagemaker_x: "1" } },
        vpcConfig: undefined,
      }),
    ).to.deep.equal({
      ProductionVariants: [{ ServerlessConfig: { MemorySizeInMB: 2048 }, ModelName: "m" }],
      PrimaryContainer: { Environment: { sagemaker_x: "1" } },
    });
  });

  it("creates a usage plan with its stages and limits", () => {
    expect(
      usagePlanRequest({
        apiStages: [{ apiId: "a", stage: "v1" }],
        throttleSettings: { rateLimit: 10, burstLimit: 20 },
      }),
    ).to.deep.equal({
      apiStages: [{ apiId: "a", stage: "v1" }],
      throttle: { rateLimit: 10, burstLimit: 20 },
    });
  });

  it("patches a usage plan by what differs and by nothing when nothing does", () => {
    const olds = {
      apiStages: [{ apiId: "a", stage: "v1" }],
      throttleSettings: { rateLimit: 10, burstLimit: 20 },
      quotaSettings: { limit: 5, period: "DAY" },
    };
    expect(usagePlanPatch(olds, structuredClone(olds))).to.deep.equal([]);
    expect(
      usagePlanPatch(olds, {
        apiStages: [{ apiId: "b", stage: "v1" }],
        throttleSettings: { rateLimit: 11, burstLimit: 20 },
      }),
    ).to.deep.equal([
      { op: "remove", path: "/apiStages", value: "a:v1" },
      { op: "add", path: "/apiStages", value: "b:v1" },
      { op: "replace", path: "/throttle/rateLimit", value: "11" },
      { op: "remove", path: "/quota" },
    ]);
  });
});
