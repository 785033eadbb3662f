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
  for (const file of await stackFiles(programFolder)) {
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
  // Pulumi reads YAML 1.1, where a date without quotes is no string.
  const text = document.toString({ defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });
  await writeFile(path, text);
}

/**
 * Region of a stack, from its committed stack file.
 *
 * @throws when the program has no such stack; the message names those it has.
 */
export async function stackRegion(programFolder: string, stack: string): Promise<string> {
  const stacks = (await stackFiles(programFolder)).map((file) => file.split(".")[1]);
  if (!stacks.includes(stack)) {
    throw new Error(
      `There is no stack "${stack}": Pulumi.${stack}.yaml does not exist. ` +
        `Choose one of ${stacks.sort().join(", ")}.`,
    );
  }
  const text = await readFile(join(programFolder, `Pulumi.${stack}.yaml`), "utf8");
  const region = parseDocument(text).getIn(["config", "aws:region"]);
  return typeof region === "string" ? region : "us-east-1";
}

/**
 * Workload that a stack file names.
 *
 * @throws Error when it names none
 */
export async function stackWorkload(programFolder: string, stack: string): Promise<string> {
  const file = `Pulumi.${stack}.yaml`;
  const text = await readFile(join(programFolder, file), "utf8");
  const workload = parseDocument(text).getIn(["config", "streaming-ml:workload"]);
  if (typeof workload !== "string") {
    throw new Error(`${file} names no workload. Add streaming-ml:workload to its config.`);
  }
  return workload;
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

async function stackFiles(programFolder: string): Promise<string[]> {
  return (await readdir(programFolder)).filter((name) => /^Pulumi\.[^.]+\.yaml$/.test(name));
}

/** Splits `namespace:key.inner.0` into the configuration key and the steps inside its value. */
function configPath(key: string): (string | number)[] {
  const [head = "", ...steps] = key.split(".");
  return [head, ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
}
