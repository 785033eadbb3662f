import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Folder of this repository, or of the package that another program installed: what is not TypeScript lies there, such
 * as `spark/` and `workloads/`, whether this file runs as it is or compiled from below `dist/`.
 */
export const PACKAGE_ROOT = folderOfManifest(__dirname);

function folderOfManifest(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderOfManifest(dirname(folder));
}
