import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { describeProblems, parseRooms } from "../../components/config/loadConfig";

/** New values by path, for example `cluster.scaling.maximumUnits`. */
export type Changes = Readonly<Record<string, unknown>>;

/** The rooms of a committed stack file, with changes. */
export function rooms(stack: string, changes: Changes = {}): Record<string, unknown> {
  const entries = Object.entries(stackConfig(stack))
    .filter(([key]) => key.startsWith("streaming-ml:"))
    .map(([key, value]) => [key.slice("streaming-ml:".length), value] as const);
  const values: Record<string, unknown> = Object.fromEntries(entries);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const parent = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, values);
    parent[last] = value;
  }
  return values;
}

export function stackConfig(stack: string): Record<string, unknown> {
  const file = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
    config: Record<string, unknown>;
  };
  return file.config;
}

/** One line per problem, as a user reads it. */
export function problems(stack: string, changes: Changes): string[] {
  const found = parseRooms(rooms(stack, changes), "streaming-ml").problems;
  return describeProblems(found, stack)
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.replace("  - streaming-ml:", ""));
}
