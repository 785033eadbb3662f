import { readdirSync } from "node:fs";
import * as path from "node:path";

/** Root of the repository; setup never touches anything outside it. */
export const repositoryRoot = path.resolve(__dirname, "..");

/** Everything setup makes; ignored by git, safe to delete. */
export const localFolder = path.join(repositoryRoot, ".local");

export const python = path.join(localFolder, "venv", "bin", "python");

export function inRepository(...segments: string[]): string {
  return path.join(repositoryRoot, ...segments);
}

export function inLocal(...segments: string[]): string {
  return path.join(localFolder, ...segments);
}

/** A file or folder that an installed Python package carries, for example `botocore/data/partitions.json`. */
export function inPythonPackage(file: string): string {
  const libraries = inLocal("venv", "lib");
  const [version] = readdirSync(libraries).filter((name) => name.startsWith("python"));
  return path.join(libraries, version ?? "", "site-packages", file);
}

/** Where a step of setup or of the checks writes what its commands print. */
export function logFile(name: string): string {
  return inLocal("logs", `${name}.log`);
}

/** The files below a folder, relative to the repository, in a stable order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(inRepository(), path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}
