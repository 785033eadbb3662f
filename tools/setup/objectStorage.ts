import { buildGoCommand } from "./goBuild";

/** The S3 server of local mode; see tools/object-storage. */
export const OBJECT_STORAGE_VERSION = "1.8.0";

/** Everything that decides what the server is, relative to the repository. */
export function objectStorageInputs(): string[] {
  return ["go.mod", "go.sum", "main.go"].map((file) => `tools/object-storage/${file}`);
}

/** Puts the S3 server at `.local/bin/versitygw`, built from the Go module proxy in a minute. */
export async function installObjectStorage(report: (line: string) => void): Promise<void> {
  await buildGoCommand({ module: "object-storage", package: ".", program: "versitygw" }, report);
}
