import { join } from "node:path";

import { STAND_IN_VARIABLES } from "../../local/environment/awsVariables";
import { Service } from "../../local/environment/service";
import { python, repositoryRoot } from "../../tools/paths";

function start(name: string, logDirectory: string, commandArguments: string[]): Promise<Service> {
  return Service.start({
    name,
    command: python,
    arguments: [...commandArguments, "--port", "0", "--exit-with-parent"],
    environment: {
      PATH: process.env.PATH ?? "",
      PYTHONUNBUFFERED: "1",
      ...STAND_IN_VARIABLES,
    },
    workingDirectory: repositoryRoot,
    logDirectory,
  });
}

/** The emulator alone, on a free port: what an engine test needs of the environment. */
export function startEmulator(logDirectory: string): Promise<Service> {
  return start("emulator", logDirectory, ["-m", "local.emulator"]);
}

/** The S3 server alone, on a free port, with its objects below the folder of its log. */
export function startObjectStorage(logDirectory: string): Promise<Service> {
  const directory = join(logDirectory, "object-storage");
  const commandArguments = ["-m", "local.object_storage", "--directory", directory];
  return start("object-storage", logDirectory, commandArguments);
}
