import { spawnSync } from "node:child_process";

import { pythonPath } from "../../components/runtimes/emrReleases";
import { python } from "../../tools/paths";

/**
 * An interpreter of exactly this version on this machine, its own packages aside; undefined when there is none. The
 * cluster's own path comes first.
 */
export function findInterpreter(version: string): string | undefined {
  return [pythonPath(version), `python${version}`, python].find((candidate) => {
    const asked = "import sys; print('%d.%d' % sys.version_info[:2])";
    const { stdout } = spawnSync(candidate, ["-c", asked], { encoding: "utf8" });
    return stdout?.trim() === version;
  });
}
