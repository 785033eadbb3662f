import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { expect } from "chai";

import type { ResourceHandler } from "../../local/provider/handlers/handler";
import { AwsStandIn } from "../../local/provider/standIn";
import { type Properties, secret } from "../../local/provider/wire";

const urn = (type: string, name: string, stack = "local") =>
  `urn:pulumi:${stack}::streaming-ml::streaming-ml:room:Room$${type}::${name}`;
const STREAM = "aws:kinesis/stream:Stream";

function standIn(handler?: Partial<ResourceHandler>): AwsStandIn {
  const provider = new AwsStandIn(() => handler as ResourceHandler | undefined);
  provider.configure({ region: "eu-west-1" });
  return provider;
}

async function failure(operation: () => unknown): Promise<string> {
  try {
    await operation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected a failure");
}

describe("stand-in for the aws provider: check", () => {
  const seed = new Uint8Array([1, 2, 3]);

  it("names a resource like the bridged provider: logical name, dash, seven hexadecimal digits", () => {
    const checked = standIn().check(urn(STREAM, "events"), undefined, { shardCount: 1 }, seed);
    expect(checked.name).to.match(/^events-[0-9a-f]{7}$/);
    expect(checked.shardCount).to.equal(1);
  });

  it("keeps an automatic name over an update, and never changes a given one", () => {
    const provider = standIn();
    const first = provider.check(urn(STREAM, "events"), undefined, {}, seed);
    const second = provider.check(urn(STREAM, "events"), first, {}, new Uint8Array([9]));
    expect(second.name).to.equal(first.name);
    expect(provider.check(urn(STREAM, "events"), first, { name: "posts" }, seed)).to.deep.equal({
      name: "posts",
    });
  });

  it("makes a new name for a replacement, and when a given name is removed", () => {
    const provider = standIn();
    const first = provider.check(urn(STREAM, "events"), undefined, {}, seed);
    const replaced = provider.check(urn(STREAM, "events"), undefined, {}, new Uint8Array([9]));
    expect(replaced.name).to.not.equal(first.name);
    const freed = provider.check(urn(STREAM, "events"), { name: "posts" }, {}, seed);
    expect(freed.name).to.equal(first.name);
  });

  it("lower-cases the name of a bucket", () => {
    const checked = standIn().check(urn("aws:s3/bucket:Bucket", "Lake"), undefined, {}, seed);
    expect(checked.bucket).to.match(/^lake-[0-9a-f]{7}$/);
  });

  it("accepts the longest automatic name and refuses one more character", async () => {
    const type = "aws:sagemaker/model:Model";
    const longest = "m".repeat(63 - 8);
    const { name } = standIn().check(urn(type, longest), undefined, {}, seed);
    expect(name).to.have.length(63);
    const message = await failure(() =>
      standIn().check(urn(type, `${longest}m`), undefined, {}, seed),
    );
    expect(message).to.match(/has 64 characters, and "name" may have at most 63/);
  });

  it("names a resource type that it does not know", async () => {
    const message = await failure(() =>
      standIn().check(urn("aws:ec2/instance:Instance", "node"), undefined, {}, seed),
    );
    expect(message).to.contain('"aws:ec2/instance:Instance"');
    expect(message).to.contain("local/provider/tables");
  });
});

describe("stand-in for the aws provider: diff", () => {
  it("says which inputs update in place and which replace", () => {
    const difference = standIn().diff(
      urn("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "serving"),
      { productionVariants: [{ instanceType: "ml.c6i.large" }], tags: { a: "1" } },
      { productionVariants: [{ instanceType: "ml.c6i.xlarge" }], tags: { a: "2" } },
    );
    expect(difference).to.deep.equal({
      changes: [
        { path: "productionVariants[0].instanceType", kind: "update", replaces: true },
        { path: "tags.a", kind: "update", replaces: false },
      ],
      replaces: ["productionVariants"],
      deleteBeforeReplace: false,
    });
  });
});

describe("stand-in for the aws provider: create", () => {
  it("plans inputs unchanged and computed outputs as unknown, in any stack", async () => {
    const planned = await standIn().create(
      urn(STREAM, "events", "prod"),
      { name: "events-1" },
      true,
    );
    expect(planned).to.deep.equal({
      id: "",
      outputs: { name: "events-1", arn: unknownValue, region: unknownValue },
    });
  });

  it("keeps an unknown computed secret secret", async () => {
    const planned = await standIn().create(urn("aws:apigateway/apiKey:ApiKey", "key"), {}, true);
    expect(planned.outputs.value).to.deep.equal(secret(unknownValue));
  });

  it("answers with the ids, ARNs and merged tags that AWS would have", async () => {
    const provider = new AwsStandIn(() => undefined);
    provider.configure({ region: "eu-west-1", defaultTags: '{"tags":{"stack":"local"}}' });
    const created = await provider.create(
      urn(STREAM, "events"),
      { name: "events-1", tags: { room: "stream" } },
      false,
    );
    const arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/events-1";
    expect(created).to.deep.equal({
      id: arn,
      outputs: {
        name: "events-1",
        arn,
        region: "eu-west-1",
        tags: { room: "stream" },
        tagsAll: { stack: "local", room: "stream" },
      },
    });
  });

  it("passes plain values to the stand-in, and wrapped secrets to the state", async () => {
    const seen: Properties[] = [];
    const provider = standIn({
      create: (inputs) => {
        seen.push(inputs);
        return Promise.resolve({ id: "arn|1", outputs: { versionId: "1" } });
      },
    });
    const inputs = { secretId: "arn", secretString: secret("hidden") };
    const created = await provider.create(
      urn("aws:secretsmanager/secretVersion:SecretVersion", "key"),
      inputs,
      false,
    );
    expect(seen).to.deep.equal([{ secretId: "arn", secretString: "hidden" }]);
    expect(created.id).to.equal("arn|1");
    expect(created.outputs.secretString).to.deep.equal(secret("hidden"));
    expect(created.outputs.versionId).to.equal("1");
  });

  it("refuses every operation on another stack, in a sentence", async () => {
    const provider = standIn();
    const there = urn(STREAM, "events", "prod");
    const messages = await Promise.all([
      failure(() => provider.create(there, { name: "e" }, false)),
      failure(() => provider.update(there, "id", {}, { name: "e" }, false)),
      failure(() => provider.delete(there, "id", {})),
      failure(() => provider.read(there, "id", { name: "e" })),
    ]);
    const verbs = ["create", "update", "delete", "read"];
    messages.forEach((message, index) =>
      expect(message).to.match(
        new RegExp(
          `^The offline provider does not ${verbs[index]} "events" .* in the stack "prod"`,
        ),
      ),
    );
  });
});

describe("stand-in for the aws provider: update, read, invoke", () => {
  it("keeps random outputs over an update and refreshes those that follow from inputs", async () => {
    const olds = { value: secret("k"), createdDate: "then", name: "key", description: "a" };
    const updated = await standIn().update(
      urn("aws:apigateway/apiKey:ApiKey", "key"),
      "id",
      olds,
      { name: "key", description: "b" },
      false,
    );
    expect(updated).to.deep.include({
      value: secret("k"),
      createdDate: "then",
      description: "b",
    });
    const object = await standIn().update(
      urn("aws:s3/bucketObjectv2:BucketObjectv2", "code"),
      "k",
      { bucket: "b", key: "k", content: "1", etag: "old" },
      { bucket: "b", key: "k", content: "2" },
      false,
    );
    expect(object.etag).to.be.a("string").and.not.equal("old");
  });

  it("keeps known outputs known in the preview of an update", async () => {
    const planned = await standIn().update(
      urn(STREAM, "events", "dev"),
      "id",
      { name: "e", arn: "arn:e" },
      { name: "e", shardCount: 2 },
      true,
    );
    expect(planned).to.include({ arn: "arn:e", shardCount: 2 });
  });

  it("reports what the stand-in has lost as deleted, and what exists in the state only as existing", async () => {
    const lost = standIn({ exists: () => Promise.resolve(false) });
    expect(await lost.read(urn(STREAM, "events"), "id", { name: "e" })).to.equal(undefined);
    const role = urn("aws:iam/role:Role", "job");
    const found = await standIn().read(role, "job", { name: "job" });
    expect(found?.outputs).to.deep.equal({ name: "job" });
  });

  it("names a function that it does not have", async () => {
    const message = await failure(() => standIn().invoke("aws:ec2/getAmi:getAmi", {}));
    expect(message).to.contain('"aws:ec2/getAmi:getAmi"');
  });

  it("answers its functions in the configured region", () => {
    const provider = standIn();
    expect(provider.invoke("aws:index/getRegion:getRegion", {})).to.include({
      region: "eu-west-1",
    });
    expect(provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).to.include({
      accountId: "123456789012",
    });
    provider.configure({ region: "cn-north-1" });
    expect(provider.invoke("aws:index/getPartition:getPartition", {})).to.include({
      partition: "aws-cn",
      dnsSuffix: "amazonaws.com.cn",
    });
  });
});
