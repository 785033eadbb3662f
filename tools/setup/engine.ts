import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { promisify } from "node:util";

import { filesBelow, inLocal, inRepository, localFolder } from "../paths";
import { buildGoCommand } from "./goBuild";

/** The engine this repository is tested with; see tools/engine/pulumi. */
export const ENGINE_VERSION = "3.276.0";

/** Oldest engine that @pulumi/pulumi in package.json accepts from PATH. */
const MINIMUM_MINOR = 240;

const DOWNLOAD_HOST = "https://get.pulumi.com/latest-version";
const DOWNLOAD_ANSWER_MILLISECONDS = 5000;

/**
 * Drivers of clouds, vaults and log services make up half of the sources, and no local run comes near them: packages in
 * `tools/engine/pulumi/replaced` take their place.
 */
export const MODULES_WITH_REPLACED_PACKAGES = [
  "github.com/pulumi/pulumi/pkg/v3",
  "gocloud.dev",
  "github.com/aws/aws-sdk-go-v2/service/s3",
  "github.com/charmbracelet/glamour",
];

/** Everything that decides what a build makes, relative to the repository. */
export function engineInputs(): string[] {
  return filesBelow("tools/engine").filter((file) => /\.go$|go\.(mod|sum)$/.test(file));
}

type Report = (line: string) => void;

/** Set to `source`, it lets the build be tried where the other ways are open. */
const WAY_VARIABLE = "STREAMING_ML_ENGINE";

/**
 * Puts a Pulumi CLI at `.local/bin/pulumi`: the one on PATH, else the official download, else a build from the Go module
 * proxy, which is for runs on this machine only.
 *
 * @throws Error that names all three ways when none works.
 */
export async function installEngine(report: Report): Promise<void> {
  fs.mkdirSync(inLocal("bin"), { recursive: true });
  if (process.env[WAY_VARIABLE] === "source") {
    return buildEngine(report);
  }
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
  report(`building Pulumi ${ENGINE_VERSION} from Go modules, some minutes on two cores`);
  const variables = {
    "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${ENGINE_VERSION}`,
  };
  await buildGoCommand(
    {
      module: "engine/pulumi",
      package: ".",
      program: "pulumi",
      variables,
      replacedIn: MODULES_WITH_REPLACED_PACKAGES,
    },
    report,
  );
  // The language host of the engine's own version is no published module; see docs/local-mode.md.
  await buildGoCommand(
    {
      module: "engine/language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      program: "pulumi-language-nodejs",
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
