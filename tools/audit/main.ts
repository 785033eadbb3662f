import * as fs from "node:fs";

import { filesBelow, inRepository } from "../paths";
import { print } from "../terminal";
import { jarOfFile, jarsOfReport, scannedJars } from "./jars";

/** Prints every jar that setup has downloaded, for a scanner that does not read Ivy's files. */
function main(): void {
  const reports = filesBelow(".local/ivy").filter((file) =>
    /\/streaming-ml-[a-z-]+\.xml$/.test(file),
  );
  const files = fs.readdirSync(inRepository(".local", "jars"));
  print(
    scannedJars([
      ...reports.flatMap((file) => jarsOfReport(fs.readFileSync(inRepository(file), "utf8"))),
      ...files.filter((file) => file.endsWith(".jar")).map(jarOfFile),
    ]),
  );
}

main();
