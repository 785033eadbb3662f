import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { unzipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { SET_UP } from "../../components/job/builtArchives";
import { jobConfigSchema } from "../../components/job/config";
import { SparkCode, type SparkProgram } from "../../components/job/sparkCode";
import { StorageBucket } from "../../components/lake/storageBucket";
import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { loadWorkload } from "../../components/workload/loadWorkload";
import { readEventContract } from "../../contracts/event/workloads";
import { inLocal, inRepository } from "../../tools/paths";
import { findInterpreter } from "../runtimes/interpreter";
import { sparkHome } from "../runtimes/sparkHome";
import { unsuitableWheels } from "../runtimes/wheels";
import { mockStack, type Registered, settled, valueOf } from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const { spark } = jobConfigSchema.parse({
  freshnessSeconds: 3,
  expectedRecordsPerSecondPerShard: 1,
});

const contract = readEventContract("sentiment");

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
    code = new SparkCode("code", {
      bucket,
      releaseLabel: "emr-7.14.0",
      contract,
      trainingSetPath: loadWorkload("sentiment").trainingSetPath,
    });
    await settled();
  });

  const keys = () =>
    registered
      .filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2")
      .map(({ inputs }) => String(inputs.key));

  /** What a key's archive holds, as it was set up. */
  const setUp = (key: string) =>
    unzipSync(readFileSync(inRepository(SET_UP, key.replace("code/", ""))));

  async function commandOf(program: SparkProgram): Promise<string[]> {
    return valueOf(
      code.submit({ name: program, program, spark, settings: {}, applicationArguments: [] }),
    );
  }

  const jars = () =>
    keys()
      .filter((key) => key.endsWith(".jar"))
      .sort();

  it("gives the streaming job its jars, from where they were uploaded, and no other job one", async () => {
    const command = await commandOf("streaming-job");
    const given = command[command.indexOf("--jars") + 1].split(",").sort();
    expect(given.map((uri) => uri.replace(/^s3a:\/\/[^/]+\//, ""))).to.deep.equal(jars());
    expect(jars()[0]).to.match(/^code\/kinesis-client-[0-9a-f]{16}\.jar$/);
    expect(jars()[1]).to.match(/^code\/phone-numbers-[0-9a-f]{16}\.jar$/);
    expect(jars()[2]).to.match(/^code\/streaming-ml-[0-9a-f]{16}\.jar$/);
    expect(jars()).to.have.length(3);
    expect(await commandOf("training-set-job")).to.not.include("--jars");
    expect(await commandOf("compaction-job")).to.not.include("--jars");
  });

  it("gives the training-set job the workload's own module under its name, and no other job", async () => {
    const given = async (program: SparkProgram) => {
      const command = await commandOf(program);
      return command[command.indexOf("--py-files") + 1].split(",");
    };
    const [pack, module, ...more] = await given("training-set-job");
    expect(pack).to.match(/\/code\/streaming-ml-[0-9a-f]{16}\.zip$/);
    expect(module).to.match(
      /^s3a:\/\/artifacts-1a2b3c4\/code\/training-set-[0-9a-f]{16}\/training_set\.py$/,
    );
    expect(more).to.deep.equal([]);
    const [object] = registered.filter(
      ({ inputs }) => `s3a://artifacts-1a2b3c4/${String(inputs.key)}` === module,
    );
    expect(await (object.inputs.source as pulumi.asset.FileAsset).path).to.equal(
      inRepository("workloads", "sentiment", "training_set.py"),
    );
    expect(object.options.retainOnDelete).to.equal(true);
    expect(await given("streaming-job")).to.have.length(1);
    expect(await given("compaction-job")).to.have.length(1);
  });

  it("puts the classes into a jar, which is the same for every contract", () => {
    const content = setUp(jars()[2]);
    expect(Object.keys(content)).to.include("streamingml/events/EventFunctions.class");
    expect(Object.keys(content).filter((path) => path.endsWith(".json"))).to.deep.equal([]);
  });

  it("puts the contract beside them, named by its content and never deleted", async () => {
    const [object] = registered.filter(({ inputs }) => inputs.content !== undefined);
    expect(object.name).to.equal(`code-contract-${contract.sha256.slice(0, 8)}`);
    expect(object.inputs).to.deep.equal({
      bucket: "artifacts-1a2b3c4",
      key: `code/${contract.fileName}`,
      content: contract.text,
      contentType: "application/json",
    });
    expect(object.options.retainOnDelete).to.equal(true);
    expect(await valueOf(code.contractUri)).to.equal(
      `s3a://artifacts-1a2b3c4/code/${contract.fileName}`,
    );
  });

  it("puts the Kinesis client into another, with the same bytes on every machine", () => {
    const content = setUp(jars()[0]);
    const client =
      "streamingml/relocated/software/amazon/awssdk/services/kinesis/KinesisClient.class";
    expect(Object.keys(content)).to.include(client);
    // Changes with a version in tools/setup/ivy/kinesis-client.xml, with a rule of its relocation, and with nothing else.
    expect(jars()[0]).to.equal("code/kinesis-client-01247509157fabe4.jar");
  });

  describe("its Python packages", () => {
    const content = () => {
      const [archive] = keys().filter((key) => key.includes("driver-dependencies"));
      return setUp(archive);
    };

    it("hold nothing of the machine that installed them, so that they are the same archive everywhere", () => {
      const here = Object.entries(content())
        .filter(([, bytes]) => Buffer.from(bytes).includes(inLocal()))
        .map(([path]) => path);
      expect(here).to.deep.equal([]);
    });

    it(`are for Python ${BUILT_FOR.python} on any processor, by the metadata of every wheel`, () => {
      const files = content();
      const text = (path: string) => Buffer.from(files[path] ?? []).toString("utf8");
      const wheels = Object.keys(files)
        .filter((path) => path.endsWith(".dist-info/WHEEL"))
        .map((path) => ({
          name: dirname(path),
          wheel: text(path),
          metadata: text(join(dirname(path), "METADATA")),
        }));
      expect(wheels.map(({ name }) => name.split("-")[0])).to.include.members(["boto3", "urllib3"]);
      expect(unsuitableWheels(wheels, BUILT_FOR.python)).to.deep.equal([]);
      // What PySpark would run on EMR by itself, and what broke there.
      expect(unsuitableWheels(wheels, "3.9").join()).to.contain("boto3-1");
    });

    const interpreter = findInterpreter(BUILT_FOR.python);
    if (interpreter === undefined) {
      it(
        `were not imported, because this machine has no Python ${BUILT_FOR.python}: see the metadata above`,
      );
      return;
    }

    it(`import under ${interpreter}, which has no others, together with every job`, () => {
      const folder = mkdtempSync(join(tmpdir(), "driver-packages-"));
      try {
        for (const [path, bytes] of Object.entries(content())) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), bytes);
        }
        const places = [folder, inRepository("spark"), ...sparkHome().pythonPath];
        const program = [
          "import runpy, sys",
          `sys.path[:0] = ${JSON.stringify(places)}`,
          "import boto3",
          "boto3.client('s3', region_name='us-east-1')",
          "for job in ('streaming_job', 'training_set_job', 'compaction_job'):",
          `    runpy.run_path("${inRepository("spark")}/" + job + ".py", run_name=job)`,
          "print(boto3.__file__)",
        ].join("\n");
        // Without the site's packages: what is not in the archive is not there, as on a node of the cluster.
        const output = execFileSync(interpreter, ["-I", "-S", "-B", "-c", program], {
          encoding: "utf8",
        });
        expect(output.trim()).to.equal(join(folder, "boto3", "__init__.py"));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it("asks for the cluster's newest Python in every process of every job", async () => {
    for (const program of ["streaming-job", "training-set-job", "compaction-job"] as const) {
      expect(await commandOf(program)).to.include.members([
        "spark.pyspark.python=/usr/bin/python3.11",
        "spark.yarn.appMasterEnv.PYSPARK_PYTHON=/usr/bin/python3.11",
        "spark.executorEnv.PYSPARK_PYTHON=/usr/bin/python3.11",
      ]);
    }
  });

  it("only says so where there is no YARN, because no other machine has it at that path", async () => {
    const local = { ...spark, master: "local[2]", deployMode: "client" as const };
    const command = await valueOf(
      code.submit({
        name: "job",
        program: "streaming-job",
        spark: local,
        settings: {},
        applicationArguments: [],
      }),
    );
    expect(command).to.include("spark.yarn.appMasterEnv.PYSPARK_PYTHON=/usr/bin/python3.11");
    expect(command.join()).to.not.contain("spark.pyspark.python");
  });
});
