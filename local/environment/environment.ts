import * as path from "node:path";

import { inLocal, python, repositoryRoot } from "../../tools/paths";
import { PERMISSIONS_VARIABLE } from "../provider/deployedPermissions";
import { STAND_IN_VARIABLES } from "./awsVariables";
import { Service } from "./service";
import { killRun, RUN_MARKER } from "./session";

const REGION = "us-east-1";

type Variables = Record<string, string>;

/**
 * The stand-ins of AWS services for one run, each a process on a free port of 127.0.0.1
 * (local/README.md).
 */
export class LocalEnvironment {
  private constructor(
    readonly runDirectory: string,
    /** Environment variables with which any AWS SDK, and every child process, uses the stand-ins. */
    readonly variables: Readonly<Variables>,
    private readonly services: readonly Service[],
  ) {}

  /**
   * Starts all stand-ins and waits until they answer.
   *
   * @param options.roles whether processes act as the deployed roles, and calls that the deployed policies do not allow
   * are refused. Without a deployment by the provider there are no roles
   * @throws Error that names the stand-in that did not start; those that had started are stopped
   */
  static async start(
    runDirectory: string,
    { roles = false }: { readonly roles?: boolean } = {},
  ): Promise<LocalEnvironment> {
    const variables = baseVariables(runDirectory);
    const services: Service[] = [];
    const start = async (name: string, command: string, commandArguments: string[]) => {
      const service = await Service.start({
        name,
        command,
        arguments: [...commandArguments, "--port", "0", "--exit-with-parent"],
        environment: variables,
        workingDirectory: repositoryRoot,
        logDirectory: path.join(runDirectory, "logs"),
      });
      services.push(service);
      return service.url;
    };
    try {
      if (roles) {
        variables[PERMISSIONS_VARIABLE] = path.join(runDirectory, "permissions");
      }
      variables.AWS_ENDPOINT_URL = await start("emulator", python, ["-m", "local.emulator"]);
      const storage = await start("object-storage", python, [
        "-m",
        "local.object_storage",
        "--directory",
        path.join(runDirectory, "object-storage"),
      ]);
      // The server knows no policies of roles, so clients only get the address of its gate.
      variables.AWS_ENDPOINT_URL_S3 = roles
        ? await start("object-storage-gate", python, [
            "-m",
            "local.object_storage.gate",
            "--server",
            storage,
          ])
        : storage;
      const servicesUrl = await start("services", python, [
        "-m",
        "local.services",
        "--run-directory",
        runDirectory,
      ]);
      variables.AWS_ENDPOINT_URL_EMR = servicesUrl;
      variables.AWS_ENDPOINT_URL_SAGEMAKER = servicesUrl;
      variables.AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME = servicesUrl;
      variables.AWS_ENDPOINT_URL_API_GATEWAY = await start("gateway", process.execPath, [
        "-r",
        "tsx/cjs",
        "local/gateway/main.ts",
      ]);
    } catch (error) {
      await stopAll(services);
      killRun(runDirectory);
      throw error;
    }
    return new LocalEnvironment(runDirectory, variables, services);
  }

  /** Calls back when a stand-in ends unexpectedly, with a sentence that names it and its log. */
  onFailure(callback: (reason: string) => void): void {
    for (const service of this.services) {
      service.onUnexpectedExit(callback);
    }
  }

  /** Process ids of the stand-ins, for whoever has to end them from elsewhere. */
  get processIds(): number[] {
    return this.services.map((service) => service.pid);
  }

  /** Ends every process of the run, the last one first, and keeps the folder of the run. */
  async stop(): Promise<void> {
    await stopAll(this.services);
    killRun(this.runDirectory);
  }

  /** Ends every process of the run at once, for exit handlers that cannot wait. */
  kill(): void {
    killRun(this.runDirectory);
  }
}

async function stopAll(services: readonly Service[]): Promise<void> {
  for (const service of [...services].reverse()) {
    await service.stop();
  }
}

function baseVariables(runDirectory: string): Variables {
  const inherited = Object.fromEntries(
    // A profile or an endpoint of the user must not be used in a local run.
    Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")),
  ) as Variables;
  const binaries = inLocal("bin");
  return {
    ...inherited,
    [RUN_MARKER]: runDirectory,
    PATH: `${binaries}${path.delimiter}${inherited.PATH ?? ""}`,
    ...STAND_IN_VARIABLES,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    PYSPARK_PYTHON: python,
    PYTHONUNBUFFERED: "1",
  };
}
