import * as fs from "node:fs";
import { runCommand } from "../command";
import { inLocal, inRepository, logFile } from "../paths";

/** A command that is built from the sources a Go module of this repository pins. */
export interface GoCommand {
  /** Folder of the module that pins it, below `tools/`. */
  readonly module: string;
  /** Import path of the command's package; the last segment names the program. */
  readonly package: string;
  /** Values of string variables in the sources, for example the version it reports. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Builds the command into `.local/bin`, from modules whose checksums the repository holds.
 *
 * @throws Error with the compiler's last lines and the log's path when it does not build.
 */
export async function buildGoCommand(
  command: GoCommand,
  report: (line: string) => void,
): Promise<void> {
  const program = command.package.slice(command.package.lastIndexOf("/") + 1);
  const target = inLocal("bin", program);
  fs.mkdirSync(inLocal("bin"), { recursive: true });
  // A link left from an earlier run would make the build overwrite somebody's installed program.
  fs.rmSync(target, { force: true });
  const variables = Object.entries(command.variables).map(([name, value]) => `-X ${name}=${value}`);
  const linkerFlags = ["-s -w", ...variables].join(" ");
  await runCommand(
    "go",
    ["build", "-v", "-buildvcs=false", "-ldflags", linkerFlags, "-o", target, command.package],
    {
      logPath: logFile(`build-${program}`),
      cwd: inRepository("tools", command.module),
      environment: { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" },
      onLine: (line) => report(`building ${program}: ${line}`),
    },
  );
}
