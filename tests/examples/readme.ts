import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { inRepository } from "../../tools/paths";

/** The commands of a README, block by block. */
export function commandsOf(readme: string): string[] {
  const blocks = readFileSync(readme, "utf8").matchAll(/^```sh\n(.*?)^```$/gms);
  return [...blocks].map(([, commands]) => commands);
}

/** A copy of an example where the README's commands may write, beside what it takes from the repository. */
export function copyExample(folder: string, name: string): string {
  mkdirSync(join(folder, "examples"));
  cpSync(inRepository("examples", name), join(folder, "examples", name), { recursive: true });
  for (const needed of [
    "contracts",
    "node_modules",
    "package.json",
    "tsconfig.json",
    "workloads",
  ]) {
    symlinkSync(inRepository(needed), join(folder, needed));
  }
  return join(folder, "examples", name, "README.md");
}

export interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly errors: string;
}

/** Runs commands as a person would, from the copy's root; the first one that fails ends them. */
export async function runCommands(
  folder: string,
  commands: string,
  environment: Record<string, string>,
): Promise<Ended> {
  const child = spawn("sh", ["-ec", commands], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [said, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, said, errors };
}
