import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { inRepository, repositoryRoot } from "../../tools/paths";

/** Packages whose provider the stand-in replaces. */
const PACKAGES = ["aws", "awsx"] as const;

/**
 * Installs the stand-in as the plugins `aws` and `awsx` of a Pulumi home.
 *
 * The engine looks for exactly the version of the npm package the program imports.
 */
export async function installPlugins(home: string): Promise<void> {
  for (const name of PACKAGES) {
    const version = await installedVersion(`@pulumi/${name}`);
    const folder = join(home, "plugins", `resource-${name}-v${version}`);
    const script = join(folder, `pulumi-resource-${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(script, pluginScript(name, version));
    await chmod(script, 0o755);
  }
}

async function installedVersion(name: string): Promise<string> {
  const manifest = await readFile(
    require.resolve(`${name}/package.json`, { paths: [repositoryRoot] }),
    "utf8",
  );
  return (JSON.parse(manifest) as { version: string }).version;
}

function pluginScript(name: string, version: string): string {
  const loader = require.resolve("tsx/cjs", { paths: [repositoryRoot] });
  const entry = inRepository("local", "provider", "main.ts");
  return [
    "#!/bin/sh",
    `exec ${quoted(process.execPath)} -r ${quoted(loader)} ${quoted(entry)} ${name} ${version} "$@"`,
    "",
  ].join("\n");
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
