import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ChildProcess, spawn } from "node:child_process";

import { rules } from "../../policy/rules";
import { inRepository, repositoryRoot } from "../../tools/paths";

// Speaks to the pack as the engine would: it proves the pack starts and answers, not that the official CLI loads it.

describe("the policy pack", () => {
  let pack: ChildProcess;
  let client: AnalyzerClient;

  before(async () => {
    pack = spawn(process.execPath, ["-r", "tsx/cjs", inRepository("policy", "index.ts")], {
      cwd: repositoryRoot,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      pack.stdout!.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
      pack.once("exit", (code) => reject(new Error(`The policy pack ended with code ${code}.`)));
    });
    client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });

  after(() => {
    client.close();
    pack.kill();
  });

  const urn = (type: string, name: string): string =>
    `urn:pulumi:prod::streaming-ml::streaming-ml:lake:DataLake$${type}::${name}`;

  function resource<T extends messages.AnalyzeRequest | messages.AnalyzerResource>(
    message: T,
    type: string,
    name: string,
    inputs: Record<string, JavaScriptValue>,
  ): T {
    const options = new messages.AnalyzerResourceOptions();
    options.setProtect(true);
    message.setType(type);
    message.setName(name);
    message.setUrn(urn(type, name));
    message.setOptions(options);
    message.setProperties(Struct.fromJavaScript(inputs));
    return message;
  }

  const answered = (
    call: (done: (error: Error | null, answer: messages.AnalyzeResponse) => void) => void,
  ): Promise<string[]> =>
    new Promise((resolve, reject) => {
      call((error, answer) => {
        if (error !== null) {
          reject(error);
          return;
        }
        resolve(
          answer
            .getDiagnosticsList()
            .map((one) => `${one.getPolicyname()}: ${one.getMessage().split("\n").pop()}`),
        );
      });
    });

  it("offers every rule, all of them mandatory", async () => {
    const info = await new Promise<messages.AnalyzerInfo>((resolve, reject) => {
      client.getAnalyzerInfo(new Empty(), (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
    const offered = info.getPoliciesList();
    expect(offered.map((one) => one.getName())).to.deep.equal(rules.map(({ name }) => name));
    expect(new Set(offered.map((one) => one.getEnforcementlevel()))).to.deep.equal(
      new Set([messages.EnforcementLevel.MANDATORY]),
    );
  });

  it("refuses a resource by itself", async () => {
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const request = resource(new messages.AnalyzeRequest(), rule, "open", {
      cidrIpv4: "0.0.0.0/0",
      tags: { project: "p", stack: "prod" },
    });
    expect(await answered((done) => client.analyze(request, done))).to.deep.equal([
      "private: open lets 0.0.0.0/0 in: name a security group or the VPC's own range.",
    ]);
  });

  it("refuses a resource for want of another", async () => {
    const bucket = resource(new messages.AnalyzerResource(), "aws:s3/bucket:Bucket", "lake", {});
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList([bucket]);
    expect(await answered((done) => client.analyzeStack(request, done))).to.deep.equal([
      "encrypted: lake has no BucketServerSideEncryptionConfiguration.",
      "no-public-bucket: lake has no BucketPublicAccessBlock.",
      "no-public-bucket: lake takes ACLs: add BucketOwnershipControls with BucketOwnerEnforced.",
      "no-public-bucket: lake answers plain HTTP: deny aws:SecureTransport false in its BucketPolicy.",
    ]);
  });
});
