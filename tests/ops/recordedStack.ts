import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findPulumi } from "../../local/engine/commandLine";

/** A stack that exists only in a state: nothing was deployed, and its outputs are a test's. */
export interface RecordedStack {
  /** Folder of its Pulumi.yaml. */
  readonly folder: string;
  /** What a process needs to find its state. */
  readonly environment: Record<string, string>;
}

/** Records a stack `dev` of the project `streaming-ml` with these outputs in an empty folder. */
export function recordStack(folder: string, outputs: object): RecordedStack {
  const environment = {
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  mkdirSync(join(folder, "state"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: streaming-ml\nruntime: nodejs\n");
  const pulumi = (...command: string[]): void =>
    void execFileSync(findPulumi(), [...command, "--non-interactive"], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: "pipe",
    });
  pulumi("stack", "init", "dev");
  const type = "pulumi:pulumi:Stack";
  const resource = {
    urn: `urn:pulumi:dev::streaming-ml::${type}::streaming-ml-dev`,
    type,
    custom: false,
    outputs,
  };
  const file = join(folder, "deployment.json");
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
  writeFileSync(
    file,
    JSON.stringify({ version: 3, deployment: { manifest, resources: [resource] } }),
  );
  pulumi("stack", "import", "--stack", "dev", "--file", file);
  return { folder, environment };
}
