import { readdirSync } from "node:fs";
import { join } from "node:path";

import { inLocal } from "../../tools/paths";

/** The Spark that pip installed: its jars, and the archives its Python part lies in. */
export function sparkHome(): { readonly jars: string; readonly pythonPath: string[] } {
  const [version] = readdirSync(inLocal("venv", "lib")).filter((name) => name.startsWith("python"));
  const home = inLocal("venv", "lib", version, "site-packages", "pyspark");
  const archives = join(home, "python", "lib");
  return {
    jars: join(home, "jars"),
    pythonPath: readdirSync(archives).map((name) => join(archives, name)),
  };
}
