import * as path from "node:path";
import { inLocal, python, repositoryRoot } from "../../tools/paths";
import { PERMISSIONS_VARIABLE } from "../provider/deployedPermissions";
import { STAND_IN_VARIABLES } from "./awsVariables";
import { Service } from "./service";
import { killRun, RUN_MARKER } from "./session";

const REGION = "us-east-1";

type Variables = Record<string, string>;

/**
 * What stands in for AWS on this machine: an S3 server and an emulator for what holds data, our
 * own services for what runs something, and a gateway. All on free ports of 127.0.0.1.
 */
export class LocalEnvironment {
  private constructor(
    readonly runDirectory: string,
    /** Environment variables that point any AWS SDK, and every child process, at this machine. */
    readonly variables: Readonly<Variables>,
    private readonly services: readonly Service[],
  ) {}

  /**
   * Starts everything and waits until it answers.
   *
   * @param options.roles whether processes and services act as the roles that are deployed, and are refused what the
   * deployed policies do not allow. Where nothing is deployed by the provider there are none
   * @throws Error that names the service that did not start; whatever had started is stopped.
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
      // The server knows no policies of roles, so nobody is told its address.
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

  /** Calls back when a service dies on its own, with a sentence that names it and its log. */
  onFailure(callback: (reason: string) => void): void {
    for (const service of this.services) {
      service.onUnexpectedExit(callback);
    }
  }

  /** The processes of this environment, for those who have to end them from elsewhere. */
  get processIds(): number[] {
    return this.services.map((service) => service.pid);
  }

  /** Ends every process of the run, last started first, and leaves the run's folder. */
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
    // Somebody's own profile or endpoint must not leak into a run that only knows this machine.
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
