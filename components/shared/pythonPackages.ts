import { dirname } from "node:path/posix";

/**
 * Folders with Python code that are no packages: from an archive, which has no folders of its own, Python imports
 * nothing that lies in them.
 *
 * @param paths of files, relative to where Python imports from; those there are no packages to be are left out
 */
export function foldersWithoutPackage(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => path.endsWith(".py")).map((path) => dirname(path));
  return [...new Set(folders)].filter(
    (folder) => folder !== "." && !paths.includes(`${folder}/__init__.py`),
  );
}
