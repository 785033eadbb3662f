/** `npm run build`: what another program installs, compiled and complete, in `dist/`. */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import { builtArchives, PUBLISHED } from "../../components/job/builtArchives";
import { inRepository, repositoryRoot } from "../paths";

/** Compiles the components with their declarations, and puts beside them what `make setup` made for the cluster. */
export function buildPackage(): void {
  rmSync(inRepository("dist"), { recursive: true, force: true });
  const archives = dirname(builtArchives(repositoryRoot).streamingJob.path);
  // Types are checked by `npm run typecheck`; this only writes.
  const compiler = require.resolve("typescript/bin/tsc");
  const { status } = spawnSync(
    process.execPath,
    [compiler, "--project", inRepository("tsconfig.package.json"), "--noCheck"],
    { stdio: "inherit" },
  );
  if (status !== 0) {
    throw new Error("TypeScript could not compile the components: correct what it says above.");
  }
  cpSync(archives, inRepository(PUBLISHED), { recursive: true });
}

if (require.main === module) {
  buildPackage();
}
