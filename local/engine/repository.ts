import { dirname, join } from "node:path";
import { repositoryRoot } from "../../tools/paths";

/** The repository's root: where Pulumi.yaml, node_modules and .local are. */
export const REPOSITORY = repositoryRoot;

/** Tools set up for this repository alone. */
export const LOCAL_TOOLS = join(REPOSITORY, ".local", "bin");

/** The folder of an installed npm package. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`, { paths: [REPOSITORY] }));
}
