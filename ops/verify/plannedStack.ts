import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

import {
  describeProblems,
  parseRooms,
  placeProblems,
  type StreamingMlConfig,
} from "../../components/config/loadConfig";
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
  const folder = projectDirectory ?? resolve(__dirname, "..", "..");
  const config = readConfig(join(folder, `Pulumi.${stack}.yaml`));
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

function readConfig(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(
      `The file of the stack cannot be read: ${(error as Error).message}. Name a stack that has one.`,
    );
  }
  const { config } = (parse(text) ?? {}) as { config?: Record<string, unknown> | null };
  return config ?? {};
}
