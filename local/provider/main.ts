/**
 * Entry of the provider plugins: `node -r tsx/cjs main.ts <package> <version> [engine address]`.
 *
 * The engine starts it, reads the port from its first line and calls it over gRPC.
 */
import { createRequire } from "node:module";

import { messageOf, note, print } from "../../tools/terminal";
import { DeployedPermissions } from "./deployedPermissions";
import { handlerOf } from "./handlers/handlerOf";
import { serve } from "./server";
import { AwsStandIn } from "./standIn";

/** How often to check whether the engine still runs, in milliseconds. */
const PARENT_CHECK_MILLISECONDS = 1000;

/** Ends this process when the engine was killed, which does not end its plugins. */
function exitWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) {
      process.exit(1);
    }
  }, PARENT_CHECK_MILLISECONDS).unref();
}

async function main(): Promise<void> {
  const [packageName = "", version = "", ...rest] = process.argv.slice(2);
  exitWithEngine();
  switch (packageName) {
    case "aws": {
      const permissions = DeployedPermissions.of(process.env);
      const port = await serve(new AwsStandIn(handlerOf, permissions), version);
      print(`${port}`);
      return;
    }
    case "awsx": {
      // Loaded here because only this package registers resources itself.
      const load = createRequire(__filename);
      const { serveAwsx } = load("./vpc/awsx") as typeof import("./vpc/awsx");
      await serveAwsx(version, rest);
      return;
    }
    default:
      throw new Error(`Expected the package "aws" or "awsx". Received: "${packageName}".`);
  }
}

main().catch((error: unknown) => {
  note(messageOf(error));
  process.exit(1);
});
