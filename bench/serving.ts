import { Command } from "commander";
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

import { readPredictionContract } from "../contracts/prediction/workloads";
import { LocalEnvironment } from "../local/environment/environment";
import { createRunDirectory } from "../local/environment/run";
import { inRepository, python, repositoryRoot } from "../tools/paths";
import { messageOf, note, print } from "../tools/terminal";
import { deployChain } from "./servingChain";
import {
  type Instances,
  percentiles,
  requestTimes,
  rounded,
  type Target,
  throughput,
} from "./servingLoad";
import { ServingProcess } from "./servingProcess";

interface Options {
  readonly modelDirectory?: string;
  readonly workload: string;
  readonly rounds: string;
  readonly seconds: string;
}

/** Maximum number of instances that the API accepts in one request. */
const LARGEST_BATCH = 64;
const CONNECTIONS = 16;
const WARM_UP_REQUESTS = 200;
const REQUESTS_PER_ROUND = 250;
const BATCHES_PER_ROUND = 40;

/** Measures what serving adds to a call of the model, stage by stage, all sides in turns. */
async function main(): Promise<void> {
  const options = new Command("serving")
    .option("--model-directory <folder>", "holds <number>/saved_model.pb; default: one like ours")
    .requiredOption("--workload <name>", "whose sample instance is asked about")
    .option("--rounds <number>", "turns of every side", "6")
    .option("--seconds <number>", "of load per side", "8")
    .parse()
    .opts<Options>();
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const runDirectory = createRunDirectory("bench-serving");
  const logs = path.join(runDirectory, "logs");
  mkdirSync(logs, { recursive: true });
  const modelDirectory = options.modelDirectory ?? path.join(runDirectory, "model");
  if (options.modelDirectory === undefined) {
    note("Building the model as it is before its training");
    await buildModel(options.workload, modelDirectory);
  }
  note("Starting the local services and deploying the model and the REST API");
  const environment = await LocalEnvironment.start(runDirectory);
  const processes: ServingProcess[] = [];
  const start = (name: string, command: string[]): ServingProcess => {
    const started = ServingProcess.start(
      name,
      [...command, "--model-directory", modelDirectory],
      logs,
    );
    processes.push(started);
    return started;
  };
  try {
    const prediction = readPredictionContract(options.workload);
    const chain = await deployChain(environment, modelDirectory, prediction);
    const inProcess = start("in-process", ["-m", "bench.serving_in_process"]);
    const plain = start("plain-server", ["-m", "bench.serving_plain_server"]);
    const server = start("model-server", ["-m", "local.model_server"]);
    await inProcess.nextLine();
    const headers = { "content-type": "application/json" };
    const targets: Record<string, Target> = {
      plainServer: { url: `${await plain.listening()}/invocations`, headers },
      modelServer: { url: `${await server.listening()}/invocations`, headers },
      runtime: chain.runtime,
      api: {
        url: `${chain.api.url}/v1/predictions`,
        headers: { ...headers, "x-api-key": chain.api.apiKey },
      },
    };
    const result = await measure(
      inProcess,
      targets,
      prediction.sample,
      Number(options.rounds),
      Number(options.seconds),
    );
    print(JSON.stringify(result));
  } finally {
    await Promise.all(processes.map((started) => started.stop()));
    await environment.stop();
  }
}

async function measure(
  inProcess: ServingProcess,
  targets: Readonly<Record<string, Target>>,
  sample: Instances[number],
  rounds: number,
  seconds: number,
): Promise<object> {
  const sixtyFour = Array.from({ length: LARGEST_BATCH }, () => sample);
  const one = await inTurns(inProcess, targets, [sample], rounds, REQUESTS_PER_ROUND);
  const batch = await inTurns(inProcess, targets, sixtyFour, rounds, BATCHES_PER_ROUND);
  const sides: Record<string, object> = {
    inProcess: { oneInstance: percentiles(one.inProcess), batchOf64: percentiles(batch.inProcess) },
  };
  const base = percentiles(one.inProcess);
  for (const [name, target] of Object.entries(targets)) {
    note(`${name}: ${CONNECTIONS} connections for ${seconds} s`);
    const oneInstance = percentiles(one[name]);
    sides[name] = {
      oneInstance,
      addedToInProcess: {
        p50Ms: rounded(oneInstance.p50Ms - base.p50Ms),
        p99Ms: rounded(oneInstance.p99Ms - base.p99Ms),
      },
      batchOf64: percentiles(batch[name]),
      load: await throughput(target, [sample], CONNECTIONS, seconds),
    };
  }
  return {
    benchmark: "serving",
    connections: CONNECTIONS,
    requestsPerSide: one.api.length,
    sides,
  };
}

/** Alternates between the sides, so that other work on the machine affects all of them equally. */
async function inTurns(
  inProcess: ServingProcess,
  targets: Readonly<Record<string, Target>>,
  instances: Instances,
  rounds: number,
  requests: number,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = { inProcess: [] };
  const call = async (calls: number): Promise<number[]> =>
    (await inProcess.ask({ instances, calls })) as number[];
  await call(WARM_UP_REQUESTS);
  for (const [name, target] of Object.entries(targets)) {
    await requestTimes(target, instances, WARM_UP_REQUESTS);
    times[name] = [];
  }
  for (let round = 1; round <= rounds; round++) {
    note(`${instances.length} instance(s) a request: round ${round} of ${rounds}`);
    times.inProcess.push(...(await call(requests)));
    for (const [name, target] of Object.entries(targets)) {
      times[name].push(...(await requestTimes(target, instances, requests)));
    }
  }
  return times;
}

async function buildModel(workload: string, modelDirectory: string): Promise<void> {
  const program = ["-m", "bench.untrained_model", "--workload", workload, modelDirectory];
  await promisify(execFile)(python, program, {
    cwd: repositoryRoot,
    env: { ...process.env, PYTHONPATH: inRepository("training") },
  });
}

main().catch((error: unknown) => {
  note(messageOf(error));
  process.exit(1);
});
