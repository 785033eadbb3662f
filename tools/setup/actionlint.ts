import { buildGoCommand } from "./goBuild";

/** What checks the workflows of GitHub; see tools/actionlint/go.mod. */
export const ACTIONLINT_VERSION = "1.7.12";

/** Puts the linter at `.local/bin/actionlint`, built from the Go module proxy in seconds. */
export async function installActionlint(report: (line: string) => void): Promise<void> {
  await buildGoCommand(
    {
      module: "actionlint",
      package: "github.com/rhysd/actionlint/cmd/actionlint",
      program: "actionlint",
      variables: { "github.com/rhysd/actionlint.version": ACTIONLINT_VERSION },
    },
    report,
  );
}
