import * as fs from "node:fs";
import * as path from "node:path";

import { runCommand } from "../command";
import { logFile } from "../paths";
import { GO_ENVIRONMENT } from "./goEnvironment";

/** Folder beside a `go.mod`: packages by import path that take the place of those in the modules. */
const REPLACED = "replaced";

/** What `go mod download -json` says of a module. */
interface DownloadedModule {
  readonly Path: string;
  /** Its sources, whose checksum Go has compared with `go.sum`. */
  readonly Dir: string;
}

/**
 * Copies modules and replaces packages in the copies, because files of the module cache cannot be replaced.
 *
 * @param folder of a `go.mod` that pins the modules, with the packages in `replaced`
 * @param target receives the copies and what `go build -modfile` takes; what is there is deleted
 * @returns path of the `go.mod` to build with: the pins, and where the copies are
 */
export async function replaceInModules(
  folder: string,
  modules: readonly string[],
  target: string,
): Promise<string> {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const { Path: name, Dir: sources } of await download(folder, modules)) {
    copySources(name, sources, path.join(target, name));
  }
  replacePackages(path.join(folder, REPLACED), target);
  const lines = modules.map(
    (name) => `replace ${name} => ${JSON.stringify(path.join(target, name))}`,
  );
  const pins = fs.readFileSync(path.join(folder, "go.mod"), "utf8");
  fs.writeFileSync(path.join(target, "go.mod"), `${pins}\n${lines.join("\n")}\n`);
  fs.copyFileSync(path.join(folder, "go.sum"), path.join(target, "go.sum"));
  return path.join(target, "go.mod");
}

async function download(folder: string, modules: readonly string[]): Promise<DownloadedModule[]> {
  const printed = await runCommand("go", ["mod", "download", "-json", ...modules], {
    logPath: logFile(`download-${path.basename(folder)}`),
    cwd: folder,
    environment: GO_ENVIRONMENT,
  });
  // One object after the other; each ends with a line of its own.
  return printed
    .split(/^\}$/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(`${text}}`) as DownloadedModule);
}

/** Copies the sources without tests, writable, with a `go.mod` also where the module was published without one. */
export function copySources(name: string, sources: string, target: string): void {
  fs.cpSync(sources, target, {
    recursive: true,
    filter: (file) => path.basename(file) !== "testdata" && !file.endsWith("_test.go"),
  });
  makeWritable(target);
  const pins = path.join(target, "go.mod");
  if (!fs.existsSync(pins)) {
    fs.writeFileSync(pins, `module ${name}\n`);
  }
}

/** Go keeps its module cache read-only. */
function makeWritable(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      makeWritable(file);
    } else {
      fs.chmodSync(file, 0o644);
    }
  }
}

/** Puts each package of `replaced` where its import path says; nothing of the package that was there remains. */
export function replacePackages(replaced: string, target: string): void {
  for (const folder of packageFolders(replaced)) {
    const place = path.join(target, path.relative(replaced, folder));
    fs.mkdirSync(place, { recursive: true });
    for (const entry of fs.readdirSync(place, { withFileTypes: true })) {
      // Folders below are packages of their own; a module's own pins are none of its package.
      if (entry.isFile() && entry.name.endsWith(".go")) {
        fs.rmSync(path.join(place, entry.name));
      }
    }
    for (const file of goFiles(folder)) {
      fs.copyFileSync(path.join(folder, file), path.join(place, file));
    }
  }
}

/** Folders that hold Go files. */
export function packageFolders(folder: string): string[] {
  const below = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => packageFolders(path.join(folder, entry.name)));
  return goFiles(folder).length > 0 ? [folder, ...below] : below;
}

function goFiles(folder: string): string[] {
  return fs.readdirSync(folder).filter((name) => name.endsWith(".go"));
}
