import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal, logFile } from "../paths";
import { packageInputs, resolvePackages } from "./ivy";

/** Folder of the jar in `.local`. */
export const PHONE_NUMBERS = "phone-numbers";

/** Everything that decides which library it is, relative to the repository. */
export function phoneNumbersInputs(): string[] {
  return packageInputs(PHONE_NUMBERS);
}

/** The jar that finds phone numbers, as it was published. */
export function phoneNumbersJar(): string {
  return inLocal(PHONE_NUMBERS, "libphonenumber.jar");
}

/**
 * Resolves libphonenumber into `.local/phone-numbers`, under a name without its version. Its packages keep their
 * names, unlike those of the Kinesis client: neither Spark nor Hadoop nor what EMR puts on their class path brings
 * a copy that could stand in for it.
 *
 * @throws Error when Maven Central gives more, or less, than the one jar.
 */
export async function installPhoneNumbers(report: (line: string) => void): Promise<void> {
  const draft = inLocal(`${PHONE_NUMBERS}.draft`);
  fs.rmSync(draft, { recursive: true, force: true });
  await resolvePackages(PHONE_NUMBERS, draft, report);
  const library = path.join(draft, "library");
  const jars = fs.readdirSync(library);
  if (jars.length !== 1) {
    throw new Error(
      `One jar is expected of tools/setup/ivy/${PHONE_NUMBERS}.xml. Received: ${jars.join(", ") || "none"}. ` +
        `See ${logFile(PHONE_NUMBERS)}.`,
    );
  }
  fs.renameSync(path.join(library, jars[0]), path.join(library, path.basename(phoneNumbersJar())));
  fs.rmSync(inLocal(PHONE_NUMBERS), { recursive: true, force: true });
  fs.renameSync(library, inLocal(PHONE_NUMBERS));
  fs.rmSync(draft, { recursive: true });
}
