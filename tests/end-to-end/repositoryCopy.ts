import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { killRun } from "../../local/environment/session";
import { inLocal, inRepository } from "../../tools/paths";

/** Every copy is a folder in here, named by the process that has made it: several may be at work at once. */
const COPIES = inLocal("generated");

/** What setup has made and a copy must not share: it makes or fills these itself. */
const OWN = ["contracts", "generated", "logs", "runs", "stamps"];

/**
 * The repository as a stranger would have it after `make setup`: the files that git knows or would take, with what is
 * installed linked. Whatever is written there changes nothing here.
 */
export class RepositoryCopy {
  private constructor(readonly folder: string) {}

  /** Copies today's files, and removes what processes that were killed have left. */
  static create(): RepositoryCopy {
    fs.mkdirSync(COPIES, { recursive: true });
    removeAbandoned();
    const copy = new RepositoryCopy(path.join(COPIES, String(process.pid)));
    try {
      copy.fill();
    } catch (error) {
      copy.remove();
      throw error;
    }
    return copy;
  }

  /** Ends what still runs in it and removes it; the folders of its runs, with their logs, are kept with all others. */
  remove(): void {
    removeCopy(this.folder);
  }

  private fill(): void {
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
      cwd: inRepository(),
      encoding: "utf8",
    });
    for (const file of listed.split("\0").filter((one) => isFile(inRepository(one)))) {
      const target = path.join(this.folder, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(inRepository(file), target);
    }
    fs.symlinkSync(inRepository("node_modules"), path.join(this.folder, "node_modules"));
    const local = path.join(this.folder, ".local");
    fs.mkdirSync(local);
    for (const name of fs.readdirSync(inLocal())) {
      if (!OWN.includes(name) && fs.statSync(inLocal(name)).isDirectory()) {
        fs.symlinkSync(inLocal(name), path.join(local, name));
      }
    }
    // Nothing is installed again.
    fs.cpSync(inLocal("stamps"), path.join(local, "stamps"), {
      recursive: true,
      dereference: true,
    });
  }
}

/** Not for the folder itself, the end of the list, and for what was deleted and is listed until git hears of it. */
function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function removeAbandoned(): void {
  for (const name of fs.readdirSync(COPIES).filter((one) => !lives(Number(one)))) {
    removeCopy(path.join(COPIES, name));
  }
}

function removeCopy(folder: string): void {
  const runs = path.join(folder, ".local", "runs");
  for (const name of fs.existsSync(runs) ? fs.readdirSync(runs) : []) {
    killRun(path.join(runs, name));
    fs.mkdirSync(inLocal("runs"), { recursive: true });
    fs.renameSync(path.join(runs, name), inLocal("runs", name));
  }
  // A process that was killed may write its last file meanwhile.
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
