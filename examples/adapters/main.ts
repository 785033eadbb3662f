import { NoLines, readLines, textOf } from "../../contracts/lines";
import { ADAPTERS } from "./posts";

/** Reads a platform's JSON, one record per line, and prints the events for `npm run produce`. */
async function main(platform = ""): Promise<void> {
  const adapter = Object.hasOwn(ADAPTERS, platform) ? ADAPTERS[platform] : undefined;
  if (adapter === undefined) {
    throw new Error(
      `Name a platform: ${Object.keys(ADAPTERS).join(", ")}. Received: "${platform}".`,
    );
  }
  let number = 0;
  for await (const bytes of readLines(process.stdin)) {
    number += 1;
    try {
      const line = textOf(bytes);
      if (line.trim() === "") {
        continue;
      }
      process.stdout.write(`${JSON.stringify(adapter(JSON.parse(line)))}\n`);
    } catch (error) {
      process.stderr.write(`Line ${number} was left out: ${(error as Error).message}.\n`);
      process.exitCode = 1;
    }
  }
}

main(process.argv[2]).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof NoLines ? "Standard input " : ""}${message}\n`);
  process.exitCode = 1;
});
