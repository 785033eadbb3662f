import { Service } from "../../local/environment/service";
import { python, repositoryRoot } from "../../tools/paths";

/** The emulator alone, on a free port: what an engine test needs of the environment. */
export function startEmulator(logDirectory: string): Promise<Service> {
  return Service.start({
    name: "emulator",
    command: python,
    arguments: ["-m", "local.emulator", "--port", "0", "--exit-with-parent"],
    environment: { PATH: process.env.PATH ?? "", PYTHONUNBUFFERED: "1" },
    workingDirectory: repositoryRoot,
    logDirectory,
  });
}
