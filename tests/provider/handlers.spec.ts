import { specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connectionTo, describeFailure } from "../../local/provider/handlers/connection";
import { objectContent } from "../../local/provider/handlers/content";
import { upperCamelKeys } from "../../local/provider/handlers/upperCamel";
import { usagePlanPatch, usagePlanRequest } from "../../local/provider/handlers/usagePlan";

describe("connection to a stand-in", () => {
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

  it("refuses to connect without an endpoint, or to one that is not on this machine", () => {
    expect(() => connectionTo("S3", "us-east-1", {})).to.throw(
      /needs a stand-in for S3.*AWS_ENDPOINT_URL_S3/,
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

  it("says which resource failed, and whether the stand-in does not run", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(describeFailure("create", "aws:s3/bucket:Bucket", "lake", refused).message).to.equal(
      'Could not create "lake" (aws:s3/bucket:Bucket): the stand-in does not answer (connect). ' +
        "Is the local environment running?",
    );
  });
});

describe("content of an object", () => {
  const asset = (content: object) => ({ [specialSigKey]: specialAssetSig, ...content });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "content-"));
    mkdirSync(join(folder, "package"));
    writeFileSync(join(folder, "package", "job.py"), "print(1)\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read from text, a text asset and a file", async () => {
    const file = join(folder, "package", "job.py");
    const contents = await Promise.all(
      [{ content: "é" }, { source: asset({ text: "é" }) }, { source: asset({ path: file }) }].map(
        (inputs) => objectContent(inputs),
      ),
    );
    expect(contents.map((bytes) => Buffer.from(bytes).toString())).to.deep.equal([
      "é",
      "é",
      "print(1)\n",
    ]);
  });

  it("is required, and must not come from the network", async () => {
    const messages: string[] = [];
    for (const inputs of [{ key: "k" }, { key: "k", source: asset({ uri: "https://x" }) }]) {
      await objectContent(inputs).catch((error: Error) => messages.push(error.message));
    }
    const message =
      'The object "k" has no content that is available offline. Set "content", or "source" to a ' +
      "FileAsset or a StringAsset.";
    expect(messages).to.deep.equal([message, message]);
  });
});

describe("requests to the stand-ins", () => {
  it("have nested names in AWS's spelling, but not those that are data", () => {
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

  it("create a usage plan with its stages and limits", () => {
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

  it("patch only what differs in a usage plan", () => {
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
