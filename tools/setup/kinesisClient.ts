import { unzipSync, zipSync } from "fflate";
import * as fs from "node:fs";
import * as path from "node:path";

import { runCommand } from "../command";
import { inLocal, inRepository, logFile } from "../paths";
import { packageInputs, resolvePackages } from "./ivy";
import { mergeJars } from "./mergedJar";

const RULES = "tools/setup/relocation.rules";

/** Everything that decides the client's classes, relative to the repository. */
export function kinesisClientInputs(): string[] {
  return [...packageInputs("kinesis-client"), RULES, "tools/setup/mergedJar.ts"];
}

/**
 * Unpacks AWS's Kinesis client into `.local/kinesis-client`, every package below `streamingml.relocated`: the job
 * compiles against it and carries it along, and it never meets the copy that EMR has.
 */
export async function installKinesisClient(report: (line: string) => void): Promise<void> {
  const draft = inLocal("kinesis-client.draft");
  fs.rmSync(draft, { recursive: true, force: true });
  await resolvePackages("kinesis-client", draft, report);
  const jars = jarsIn(path.join(draft, "client")).map((jar) => unzipSync(fs.readFileSync(jar)));
  const merged = path.join(draft, "merged.jar");
  const relocated = path.join(draft, "relocated.jar");
  fs.writeFileSync(merged, zipSync(mergeJars(jars), { level: 0 }));
  const [relocation] = jarsIn(path.join(draft, "relocation"));
  await runCommand(
    "java",
    ["-jar", relocation, "process", inRepository(RULES), merged, relocated],
    { logPath: logFile("kinesis-client-relocation"), onLine: report },
  );
  const classes = path.join(draft, "classes");
  for (const [name, content] of Object.entries(unzipSync(fs.readFileSync(relocated)))) {
    if (!name.endsWith("/")) {
      fs.mkdirSync(path.join(classes, path.dirname(name)), { recursive: true });
      fs.writeFileSync(path.join(classes, name), content);
    }
  }
  fs.rmSync(inLocal("kinesis-client"), { recursive: true, force: true });
  fs.renameSync(classes, inLocal("kinesis-client"));
  fs.rmSync(draft, { recursive: true });
}

function jarsIn(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".jar"))
    .sort()
    .map((name) => path.join(folder, name));
}
