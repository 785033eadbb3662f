import { expect } from "chai";
import { unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { jobConfigSchema } from "../../components/cluster/jobConfig";
import { SparkCode, type SparkProgram } from "../../components/cluster/sparkCode";
import { StorageBucket } from "../../components/lake/storageBucket";
import { inLocal, inRepository } from "../../tools/paths";
import { mockStack, settled, valueOf, type Registered } from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const { spark } = jobConfigSchema.parse({
  freshnessSeconds: 2,
  expectedRecordsPerSecondPerShard: 1,
});

describe("SparkCode", () => {
  let registered: Registered[];
  let code: SparkCode;

  before(async () => {
    registered = await mockStack("test");
    const bucket = new StorageBucket("artifacts", {
      protect: false,
      deleteContents: true,
      lifecycle: [],
    });
    code = new SparkCode("code", { bucket });
    await settled();
  });

  const keys = () =>
    registered
      .filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2")
      .map(({ inputs }) => String(inputs.key));

  async function commandOf(program: SparkProgram): Promise<string[]> {
    return valueOf(
      code.submit({ name: program, program, spark, settings: {}, applicationArguments: [] }),
    );
  }

  it("gives the streaming job its jar, from where it was uploaded, and no other job one", async () => {
    const command = await commandOf("streaming-job");
    const [jar] = keys().filter((key) => key.endsWith(".jar"));
    expect(jar).to.match(/^code\/streaming-ml-[0-9a-f]{16}\.jar$/);
    expect(command[command.indexOf("--jars") + 1]).to.match(new RegExp(`^s3a://[^/,]+/${jar}$`));
    expect(await commandOf("training-set-job")).to.not.include("--jars");
    expect(await commandOf("compaction-job")).to.not.include("--jars");
  });

  it("puts the classes and the contract they read into the jar", () => {
    const [jar] = keys().filter((key) => key.endsWith(".jar"));
    const content = unzipSync(readFileSync(inLocal("build", String(jar).replace("code/", ""))));
    expect(Object.keys(content)).to.include("streamingml/events/EventFunctions.class");
    const contract = join("contracts", "event.schema.json");
    expect(Buffer.from(content[contract] ?? []).toString("utf8")).to.equal(
      readFileSync(inRepository(contract), "utf8"),
    );
  });
});
