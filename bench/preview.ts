import { spawnSync } from "node:child_process";

import { repositoryRoot } from "../tools/paths";
import { note, print } from "../tools/terminal";

const ROUNDS = 3;

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

interface Plan {
  readonly resources: readonly unknown[];
}

/** Times one offline plan, from the command to its end. */
function plan(stack: string): { seconds: number; resources: number } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", "tsx/cjs", "local/engine/preview.ts", "--stack", stack, "--json"],
    { cwd: repositoryRoot, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) {
    throw new Error(`The preview of ${stack} ended with exit code ${status}:\n${stderr}`);
  }
  return { seconds, resources: (JSON.parse(stdout) as Plan).resources.length };
}

/** Both stacks in turns, so that other work of the machine affects both alike. */
function main(): void {
  const runs = { prod: [] as number[], local: [] as number[] };
  const resources = { prod: 0, local: 0 };
  for (let round = 1; round <= ROUNDS; round++) {
    for (const stack of ["prod", "local"] as const) {
      note(`preview of ${stack}, ${round} of ${ROUNDS}`);
      const measured = plan(stack);
      runs[stack].push(measured.seconds);
      resources[stack] = measured.resources;
    }
  }
  const seconds = { prod: median(runs.prod), local: median(runs.local) };
  print(JSON.stringify({ benchmark: "preview", rounds: ROUNDS, seconds, resources }));
}

main();
