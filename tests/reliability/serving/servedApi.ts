import * as path from "node:path";

import { deployChain, type DeployedApi } from "../../../bench/servingChain";
import type { Target } from "../../../bench/servingLoad";
import type { PredictionContract } from "../../../contracts/prediction/predictionContract";
import { readPredictionContract } from "../../../contracts/prediction/workloads";
import { LocalEnvironment } from "../../../local/environment/environment";
import { createRunDirectory } from "../../../local/environment/run";
import { runCommand } from "../../../tools/command";
import { inRepository, python, repositoryRoot } from "../../../tools/paths";

/** Whose untrained model is served. */
const WORKLOAD = "sentiment";

/** The REST API before the untrained model, all of it on this machine: gateway, endpoint, server. */
export class ServedApi {
  private constructor(
    readonly api: DeployedApi,
    /** Where SageMaker Runtime takes predictions, past the API. */
    readonly runtime: Target,
    /** What the model is asked and answers. */
    readonly prediction: PredictionContract,
    readonly runDirectory: string,
    private readonly environment: LocalEnvironment,
  ) {}

  /** @param purpose part of the name of the run's folder */
  static async start(purpose: string): Promise<ServedApi> {
    const runDirectory = createRunDirectory(purpose);
    const modelDirectory = path.join(runDirectory, "model");
    const building = runCommand(
      python,
      ["-m", "tests.reliability.serving.untrained_model", modelDirectory],
      {
        logPath: path.join(runDirectory, "logs", "untrained-model.log"),
        cwd: repositoryRoot,
        environment: { PYTHONPATH: inRepository("training"), TF_CPP_MIN_LOG_LEVEL: "2" },
      },
    );
    const environment = await LocalEnvironment.start(runDirectory);
    try {
      await building;
      const prediction = readPredictionContract(WORKLOAD);
      const { api, runtime } = await deployChain(environment, modelDirectory, prediction);
      return new ServedApi(api, runtime, prediction, runDirectory, environment);
    } catch (error) {
      await environment.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.environment.stop();
  }
}
