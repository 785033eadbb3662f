import * as path from "node:path";

import { LIST, packArchives, SET_UP } from "../../components/job/builtArchives";
import { repositoryRoot } from "../paths";
import { javaInputs } from "./java";

/** File whose absence means that nothing is packed, relative to the repository. */
export const PACKED_LIST = path.join(SET_UP, LIST);

/** Everything that decides what is in the archives, relative to the repository. */
export function builtArchiveInputs(): string[] {
  return [
    // The Kinesis client and the phone numbers are inputs of the classes.
    ...javaInputs(),
    "spark/driver-requirements.txt",
    "components/job/builtArchives.ts",
    "components/shared/codeArchive.ts",
  ];
}

export function packBuiltArchives(): Promise<void> {
  packArchives(repositoryRoot);
  return Promise.resolve();
}
