import { dirname, join, resolve } from "node:path";

/** The repository's root: where Pulumi.yaml, node_modules and .local are. */
export const REPOSITORY = resolve(__dirname, "..", "..");

/** Tools set up for this repository alone. */
export const LOCAL_TOOLS = join(REPOSITORY, ".local", "bin");

/** Where everything a run writes goes, one folder per run. */
export const RUNS = join(REPOSITORY, ".local", "runs");

/** The folder of an installed npm package. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`, { paths: [REPOSITORY] }));
}
