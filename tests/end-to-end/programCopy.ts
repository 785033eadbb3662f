import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal, inRepository } from "../../tools/paths";

/** With its package.json: the engine's language host looks upwards for one, and runs the program beside it. */
const PROGRAM = [
  ...["package.json", "tsconfig.json", "index.ts", "outputs.ts"],
  ...["components", "contracts", "spark", "training", "workloads"],
];

/** A copy of the program whose Spark code a test may change, as a developer would in the repository. */
export class ProgramCopy {
  private constructor(readonly folder: string) {}

  /** @param folder must lie inside the repository, where Node finds the installed packages */
  static create(folder: string): ProgramCopy {
    const stackFiles = fs
      .readdirSync(inRepository("."))
      .filter((name) => /^Pulumi.*yaml$/.test(name));
    for (const name of [...PROGRAM, ...stackFiles]) {
      fs.cpSync(inRepository(name), path.join(folder, name), {
        recursive: true,
        filter: (source) => !source.endsWith("__pycache__"),
      });
    }
    fs.mkdirSync(path.join(folder, ".local"));
    // Archives are named by their content: those that did not change need not be packed again.
    fs.mkdirSync(inLocal("packed"), { recursive: true });
    for (const made of ["packed", "built"]) {
      fs.symlinkSync(inLocal(made), path.join(folder, ".local", made));
    }
    return new ProgramCopy(folder);
  }

  /** Adds lines to the end of a file below `spark/`; the returned function takes them away again. */
  append(file: string, lines: string): () => void {
    const target = path.join(this.folder, "spark", file);
    const before = fs.readFileSync(target, "utf8");
    fs.writeFileSync(target, `${before}\n${lines}\n`);
    return () => fs.writeFileSync(target, before);
  }
}
