/**
 * A copy of the project files that Pulumi may write to.
 *
 * `stack init` and `preview` write an encryption salt into the stack file and `stack rm` deletes it;
 * the committed files must never change.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { isMap, parseDocument, visit } from "yaml";

/** Names of a stack's own secrets provider: a key service is out of reach offline. */
const ENCRYPTION_KEYS = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/** Configuration by path, for example `{"streaming-ml:stream.shardCount": 4}`. */
export type ConfigOverrides = Readonly<Record<string, unknown>>;

/** Writes the scratch project for the program in `programFolder`. */
export async function writeScratchProject(
  projectFolder: string,
  programFolder: string,
): Promise<void> {
  const project = parseDocument(await readFile(join(programFolder, "Pulumi.yaml"), "utf8"));
  project.set("main", `${relative(projectFolder, programFolder)}/`);
  await writeFile(join(projectFolder, "Pulumi.yaml"), project.toString());
  const files = await readdir(programFolder);
  for (const file of files.filter((name) => /^Pulumi\.[^.]+\.yaml$/.test(name))) {
    const text = await readFile(join(programFolder, file), "utf8");
    await writeFile(join(projectFolder, file), withoutEncryption(text));
  }
}

/** Sets values in a stack file of the scratch project. */
export async function setConfig(
  projectFolder: string,
  stack: string,
  overrides: ConfigOverrides,
): Promise<void> {
  const path = join(projectFolder, `Pulumi.${stack}.yaml`);
  const document = parseDocument(await readFile(path, "utf8"));
  for (const [key, value] of Object.entries(overrides)) {
    document.setIn(["config", ...configPath(key)], value);
  }
  await writeFile(path, document.toString());
}

/** The stack file without values that only the real stack's key can decrypt. */
export function withoutEncryption(text: string): string {
  const document = parseDocument(text);
  for (const key of ENCRYPTION_KEYS) {
    document.delete(key);
  }
  visit(document, {
    Pair(_key, pair) {
      return isMap(pair.value) && pair.value.has("secure") ? visit.REMOVE : undefined;
    },
  });
  return document.toString();
}

/** Splits `namespace:key.inner.0` into the configuration key and the steps inside its value. */
function configPath(key: string): (string | number)[] {
  const [head = "", ...steps] = key.split(".");
  return [head, ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
}
