import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { promisify } from "node:util";
import { inLocal, inRepository, localFolder } from "../paths";
import { buildGoCommand } from "./goBuild";

/** The engine this repository is tested with; see tools/engine/pulumi/go.mod. */
export const ENGINE_VERSION = "3.259.0";

/** Oldest engine that @pulumi/pulumi in package.json accepts from PATH. */
const MINIMUM_MINOR = 240;

const DOWNLOAD_HOST = "https://get.pulumi.com/latest-version";
const DOWNLOAD_ANSWER_MILLISECONDS = 5000;

type Report = (line: string) => void;

/**
 * Puts a Pulumi CLI at `.local/bin/pulumi`: the one on PATH, else the official download, else a
 * build of the same sources from the Go module proxy.
 *
 * @throws Error that names all three ways when none works.
 */
export async function installEngine(report: Report): Promise<void> {
  fs.mkdirSync(inLocal("bin"), { recursive: true });
  if (await linkEngineOnPath(report)) {
    return;
  }
  if (await isDownloadOpen()) {
    report(`downloading Pulumi ${ENGINE_VERSION}`);
    try {
      const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
      const { SemVer } = await import("semver");
      await PulumiCommand.install({ root: localFolder, version: new SemVer(ENGINE_VERSION) });
      return;
    } catch (error) {
      report(`the download failed (${String(error).split("\n")[0]}); building instead`);
    }
  }
  await buildEngine(report);
}

async function linkEngineOnPath(report: Report): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)("sh", [
      "-c",
      "command -v pulumi && pulumi version",
    ]);
    const [location, version] = stdout.trim().split("\n");
    const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
    if (major !== 3 || minor < MINIMUM_MINOR) {
      report(`Pulumi ${version} on PATH is older than 3.${MINIMUM_MINOR}`);
      return false;
    }
    fs.rmSync(inLocal("bin", "pulumi"), { force: true });
    fs.symlinkSync(fs.realpathSync(location), inLocal("bin", "pulumi"));
    return true;
  } catch {
    return false;
  }
}

/** A closed network must cost seconds, not the minutes of a stalled download. */
async function isDownloadOpen(): Promise<boolean> {
  try {
    const answer = await fetch(DOWNLOAD_HOST, {
      signal: AbortSignal.timeout(DOWNLOAD_ANSWER_MILLISECONDS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function buildEngine(report: Report): Promise<void> {
  report("the download is closed; building from Go modules, about five minutes on two cores");
  const variables = {
    "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${ENGINE_VERSION}`,
  };
  await buildGoCommand(
    { module: "engine/pulumi", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", variables },
    report,
  );
  // The language host of the engine's own version is no published module; see docs/local-mode.md.
  await buildGoCommand(
    {
      module: "engine/language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      variables,
    },
    report,
  );
  fs.copyFileSync(
    inRepository("node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs"),
    inLocal("bin", "pulumi-resource-pulumi-nodejs"),
  );
  fs.chmodSync(inLocal("bin", "pulumi-resource-pulumi-nodejs"), 0o755);
}
