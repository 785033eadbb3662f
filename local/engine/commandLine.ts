import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { inLocal } from "../../tools/paths";

/**
 * The Pulumi command line to use: the one set up for this repository, else the one on PATH.
 *
 * @throws when there is neither.
 */
export function findPulumi(
  environment: NodeJS.ProcessEnv = process.env,
  ownFolder: string = inLocal("bin"),
): string {
  const folders = [ownFolder, ...(environment.PATH ?? "").split(delimiter)];
  const found = folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "pulumi"))
    .find(isExecutable);
  if (found === undefined) {
    throw new Error(
      "The Pulumi command line is neither in .local/bin nor on PATH. Run `make setup`, or install " +
        "it from https://www.pulumi.com/docs/install/.",
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
