import { dirname } from "node:path/posix";

/**
 * Folders with Python code that are not packages: Python cannot import from them in an archive, because archives have
 * no entries for folders.
 *
 * @param paths of files, relative to where Python imports from, without those that need not be packages
 */
export function foldersWithoutPackage(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => path.endsWith(".py")).map((path) => dirname(path));
  return [...new Set(folders)].filter(
    (folder) => folder !== "." && !paths.includes(`${folder}/__init__.py`),
  );
}
