import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parse } from "yaml";

import type { StreamingMlConfig } from "../../components/config/loadConfig";
import { Failure } from "../failure";
import type { StackReference } from "../stack";

/** What the next `pulumi up` of a stack asks AWS for, as far as its file says. */
export type PlannedStack = Pick<
  StreamingMlConfig,
  "region" | "network" | "stream" | "cluster" | "training" | "endpoint" | "api"
>;

/**
 * Reads the file of a stack that need not be deployed.
 *
 * @throws Failure when there is no such file, or it is not what docs/configuration.md describes: one text with every
 *   problem
 */
export function readPlannedStack({ stack, projectDirectory }: StackReference): PlannedStack {
  // Loaded here alone: it loads Pulumi's SDK, which most checks of a deployed stack do without.
  const { describeProblems, parseRooms, placeProblems } = createRequire(__filename)(
    "../../components/config/loadConfig",
  ) as typeof import("../../components/config/loadConfig");
  const folder = projectDirectory ?? resolve(__dirname, "..", "..");
  const config = readConfig(folder, stack);
  const own = Object.keys(config).find((key) => key.endsWith(":workload"));
  const namespace = own?.slice(0, -":workload".length) ?? "streaming-ml";
  const raw = Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(`${namespace}:`))
      .map(([key, value]) => [key.slice(namespace.length + 1), value]),
  );
  const region = config["aws:region"] as string | undefined;
  const { rooms, problems } = parseRooms(raw, namespace);
  const all = [...placeProblems(region, config["aws:defaultTags"]), ...problems];
  if (all.length > 0) {
    throw new Failure(describeProblems(all, stack));
  }
  return { region, ...rooms } as unknown as PlannedStack;
}

function readConfig(folder: string, stack: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8");
  } catch (error) {
    throw new Failure(
      (error as NodeJS.ErrnoException).code === "ENOENT"
        ? `There is no Pulumi.${stack}.yaml in ${folder}. Stacks with a file there: ${stacksOf(folder).join(", ")}.`
        : `The file of the stack cannot be read: ${(error as Error).message}.`,
    );
  }
  const { config } = (parse(text) ?? {}) as { config?: Record<string, unknown> | null };
  return config ?? {};
}

/** Names of the stacks that have a file in a folder. */
function stacksOf(folder: string): string[] {
  const names = readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return names.length > 0 ? names.sort() : ["none"];
}
