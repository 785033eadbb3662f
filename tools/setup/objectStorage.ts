import { buildGoCommand } from "./goBuild";

/** The S3 server of local mode; see tools/object-storage/go.mod. */
export const OBJECT_STORAGE_VERSION = "1.8.0";

/** Puts the S3 server at `.local/bin/versitygw`, built from the Go module proxy in a minute. */
export async function installObjectStorage(report: (line: string) => void): Promise<void> {
  await buildGoCommand(
    {
      module: "object-storage",
      package: "github.com/versity/versitygw/cmd/versitygw",
      variables: { "main.Version": `v${OBJECT_STORAGE_VERSION}` },
    },
    report,
  );
}
