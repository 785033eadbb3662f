import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { promisify } from "node:util";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import {
  DEFAULT_TRAINING_VERSION,
  TRAINING_IMAGES,
} from "../../components/runtimes/tensorflowImages";
import { runCommand } from "../command";
import { inLocal, inRepository, logFile, python } from "../paths";

/** What runs our code in AWS: SageMaker's images, and the cluster. */
export const SUPPORTED_PYTHONS = [
  TRAINING_IMAGES[DEFAULT_TRAINING_VERSION].python,
  BUILT_FOR.python,
];

/** @throws Error that says which versions are looked for when none is found. */
export async function findPython(): Promise<string> {
  const candidates = [process.env.PYTHON, ...SUPPORTED_PYTHONS.map((v) => `python${v}`), "python3"];
  for (const candidate of candidates.filter((name) => name !== undefined)) {
    try {
      const { stdout } = await promisify(execFile)(candidate, [
        "-c",
        "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])",
      ]);
      if (SUPPORTED_PYTHONS.includes(stdout.trim())) {
        return candidate;
      }
    } catch {
      // Not installed, or a version manager's shim without that version behind it.
    }
  }
  throw new Error(
    `Python ${SUPPORTED_PYTHONS.join(" or ")} with the venv module is needed and none of ` +
      `${candidates.filter(Boolean).join(", ")} is one. Install it, or set PYTHON to its path.`,
  );
}

export async function installPython(report: (line: string) => void): Promise<void> {
  fs.rmSync(inLocal("venv"), { recursive: true, force: true });
  const interpreter = await findPython();
  await runCommand(interpreter, ["-m", "venv", inLocal("venv")], {
    logPath: logFile("python-venv"),
  });
  await pip(
    [
      "install",
      // Python compiles a module when it is imported for the first time; most of these never are.
      "--no-compile",
      ...["--requirement", inRepository("requirements.lock")],
    ],
    "python",
    report,
  );
}

/**
 * The packages that the jobs carry to the cluster as an archive: for its Python, whatever runs here, and for any
 * processor, because the nodes have another one than most who deploy. What is not pure Python is refused.
 */
export async function installDriverDependencies(report: (line: string) => void): Promise<void> {
  const target = inLocal("driver-dependencies");
  fs.rmSync(target, { recursive: true, force: true });
  await pip(
    [
      "install",
      "--no-deps",
      "--no-compile",
      ...["--python-version", BUILT_FOR.python, "--only-binary", ":all:"],
      ...["--implementation", "py", "--abi", "none", "--platform", "any"],
      ...["--target", target],
      "--requirement",
      inRepository("spark/driver-requirements.txt"),
    ],
    "driver-dependencies",
    report,
  );
}

/** Takes one wheel as a file; its dependencies are not wanted. */
export async function downloadWheel(requirement: string, target: string): Promise<void> {
  await pip(["download", "--no-deps", "--dest", target, requirement], "wheel", () => undefined);
}

async function pip(
  commandArguments: readonly string[],
  log: string,
  report: (line: string) => void,
): Promise<void> {
  await runCommand(
    python,
    ["-m", "pip", "--disable-pip-version-check", "--no-input", ...commandArguments],
    { logPath: logFile(log), onLine: report },
  );
}
