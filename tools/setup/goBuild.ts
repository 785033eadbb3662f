import * as fs from "node:fs";

import { runCommand } from "../command";
import { inLocal, inRepository, logFile } from "../paths";
import { compilerMemory, GO_ENVIRONMENT } from "./goEnvironment";
import { replaceInModules } from "./replacedPackages";

/** A command that is built from the sources a Go module of this repository pins. */
export interface GoCommand {
  /** Folder of the module that pins it, below `tools/`. */
  readonly module: string;
  /** Import path of the command's package. */
  readonly package: string;
  /** Name of the program in `.local/bin`. */
  readonly program: string;
  /** Values of string variables in the sources, for example the version it reports. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Modules of which the folder `replaced` beside the pins replaces packages. @default none */
  readonly replacedIn?: readonly string[];
}

/**
 * For the compiler: no debugging data, and calls stay calls. Together with the garbage collector's setting a third of
 * the compiler's time. Everything is built with the same flags, so that what two programs share is compiled once.
 */
const COMPILER_FLAGS = "all=-dwarf=false -l";

/**
 * Builds the command into `.local/bin`, from modules whose checksums the repository holds.
 *
 * @throws Error with the compiler's last lines and the log's path when it does not build.
 */
export async function buildGoCommand(
  command: GoCommand,
  report: (line: string) => void,
): Promise<void> {
  const { program, replacedIn = [], variables = {} } = command;
  const target = inLocal("bin", program);
  fs.mkdirSync(inLocal("bin"), { recursive: true });
  // A link left from an earlier run would make the build overwrite somebody's installed program.
  fs.rmSync(target, { force: true });
  const folder = inRepository("tools", command.module);
  const modules =
    replacedIn.length === 0
      ? []
      : [`-modfile=${await replaceInModules(folder, replacedIn, inLocal("go", program))}`];
  const values = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
  await runCommand(
    "go",
    [
      ...["build", "-v", "-buildvcs=false", ...modules, `-gcflags=${COMPILER_FLAGS}`],
      ...["-ldflags", ["-s -w", ...values].join(" "), "-o", target, command.package],
    ],
    {
      logPath: logFile(`build-${program}`),
      cwd: folder,
      environment: { ...GO_ENVIRONMENT, ...compilerMemory() },
      onLine: (line) => report(`building ${program}: ${line}`),
    },
  );
}
