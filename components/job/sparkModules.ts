import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Name of the Python package that every entry point imports from. */
export const PACKAGE = "streaming_ml";

/** How the package's modules are imported, by the house style: one module a statement, by its whole name. */
const IMPORT = new RegExp(`^\\s*(?:from|import)\\s+${PACKAGE}\\.(\\w+)`, "gm");

/**
 * Modules of the package that an entry point needs, directly or through others, sorted. Each job ships only these, so
 * that a change of one job's code is a change of that job and of no other.
 *
 * @param folder where the entry point and the package lie
 * @param entryPoint file name of the entry point, for example `streaming_job.py`
 * @throws Error when a module is imported that is not there
 */
export function neededModules(folder: string, entryPoint: string): string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, module] of text.matchAll(IMPORT)) {
      const path = join(PACKAGE, `${module}.py`);
      if (!existsSync(join(folder, path))) {
        throw new Error(
          `${join(folder, file)} imports ${PACKAGE}.${module}, but there is no ${path} beside it.`,
        );
      }
      if (!found.has(module)) {
        found.add(module);
        follow(path);
      }
    }
  };
  follow(entryPoint);
  return [...found].sort();
}
