import { pathToFileURL } from "node:url";

import { LARGE_YOUNG_GENERATION } from "../../tools/nodeOptions";
import { STAND_IN_VARIABLES } from "../environment/awsVariables";
import type { RunFolder } from "./runFolder";

/** Encrypts the state of a disposable stack in a folder of this machine; not a secret. */
const PASSPHRASE = "local";

/**
 * The SDK takes a stack trace for every promise it makes and maps each frame to its source: with
 * Node's ten frames that is a third of the time a preview computes. Two still say where an error is.
 */
const FEWER_STACK_FRAMES = "--stack-trace-limit=2";

/**
 * Has the engine write the state once, at the end of an operation. Checkpoints before and after each resource are for an
 * engine that dies while its account lives on, and take half of its processor time in an update.
 */
export const SKIP_CHECKPOINTS = "PULUMI_SKIP_CHECKPOINTS";

/** Variables that would lead the engine or an SDK to somebody's real account. */
const REMOVED = /^(AWS_|PULUMI_)/;

/**
 * Environment of the Pulumi command line and everything it starts.
 *
 * Nothing of the caller's AWS or Pulumi settings passes: a profile or an access token in the shell
 * must not decide what a local deployment does.
 *
 * @param services `AWS_*` variables that say where the stand-ins listen.
 */
export function engineEnvironment(
  run: RunFolder,
  services: Readonly<Record<string, string>> = {},
  inherited: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !REMOVED.test(entry[0]),
  );
  const standIns = Object.entries(services).filter(([name]) => !name.startsWith("PULUMI_"));
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(standIns),
    PULUMI_HOME: run.home,
    PULUMI_BACKEND_URL: pathToFileURL(run.state).href,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Makes the flag --event-log known, as the Automation API does.
    PULUMI_DEBUG_COMMANDS: "true",
    // A missing plugin fails at once instead of after a download that may be closed.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // `npm run typecheck` checks types; doing it again costs each preview ten seconds.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    [SKIP_CHECKPOINTS]: "true",
    // The engine lives for seconds: its garbage may grow to four times what it uses before Go collects it.
    GOGC: inherited.GOGC ?? "400",
    NODE_OPTIONS:
      `${FEWER_STACK_FRAMES} ${LARGE_YOUNG_GENERATION} ${inherited.NODE_OPTIONS ?? ""}`.trim(),
    ...STAND_IN_VARIABLES,
  };
}
