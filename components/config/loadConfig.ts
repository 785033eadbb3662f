import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { accessConfigSchema } from "../access/config";
import { apiConfigSchema } from "../api/config";
import { clusterConfigSchema } from "../cluster/config";
import { endpointConfigSchema } from "../endpoint/config";
import { type Capacity, planCapacity } from "../job/capacity";
import { jobConfigSchema } from "../job/config";
import { lakeConfigSchema } from "../lake/config";
import { networkConfigSchema } from "../network/config";
import { alarmsConfigSchema } from "../observability/config";
import { readableError } from "../shared/errors";
import { regionProblem } from "../shared/region";
import { checkSettings, listProblems, type SettingProblem } from "../shared/settings";
import { stackName } from "../shared/stackName";
import { streamConfigSchema } from "../stream/config";
import { trainingConfigSchema } from "../training/config";
import { imageRegionProblem } from "../training/frameworkImages";
import { workloadConfigSchema } from "../workload/config";
import { partitionProblems } from "./partition";
import { crossFieldProblems, scaledInstanceTypes } from "./rules";
import { tagProblems } from "./tags";

/** One schema per component, in flow order; the name is the config key after `streaming-ml:`. */
export const ROOMS = {
  workload: workloadConfigSchema,
  network: networkConfigSchema,
  stream: streamConfigSchema,
  lake: lakeConfigSchema,
  cluster: clusterConfigSchema,
  job: jobConfigSchema,
  training: trainingConfigSchema,
  endpoint: endpointConfigSchema,
  api: apiConfigSchema,
  alarms: alarmsConfigSchema,
  access: accessConfigSchema,
} as const;

type Room = keyof typeof ROOMS;
type Rooms = { readonly [R in Room]: pulumi.Unwrap<z.infer<(typeof ROOMS)[R]>> };

/** The whole configuration of a stack, validated, with defaults. */
export interface StreamingMlConfig extends Rooms {
  readonly stack: string;
  /** AWS region of the stack, from `aws:region`. */
  readonly region: string;
  /** Capacity that the stream needs from the cluster. */
  readonly capacity: Capacity;
  /** Physical name of the model package group. */
  readonly modelPackageGroupName: string;
}

/**
 * Reads and checks the whole configuration of the current stack, before any resource is planned.
 *
 * @throws pulumi.RunError one message with every problem: its path, what was received and how to fix it
 */
export function loadConfig(): StreamingMlConfig {
  const stack = pulumi.getStack();
  const config = new pulumi.Config(pulumi.getProject());
  const raw = Object.fromEntries(Object.keys(ROOMS).map((room) => [room, readRoom(config, room)]));
  const { rooms, problems } = parseRooms(raw, config.name);
  const provider = new pulumi.Config("aws");
  const region = provider.get("region");
  problems.unshift(...placeProblems(region, provider.getObject("defaultTags")));
  if (region !== undefined && regionProblem(region) === undefined) {
    const refused = partitionProblems(region, rooms);
    problems.push(
      ...refused.map((problem) => ({ ...problem, path: `${config.name}:${problem.path}` })),
    );
    const message = rooms.training && imageRegionProblem(region, rooms.training);
    problems.push(
      ...(message === undefined ? [] : [{ path: "aws:region", message, received: region }]),
    );
  }
  if (problems.length > 0) {
    throw readableError(describeProblems(problems, stack));
  }
  return complete(stack, region!, rooms as Rooms);
}

/** Problems with the provider's own settings. */
export function placeProblems(region: string | undefined, defaultTags: unknown): SettingProblem[] {
  const { tags = {} } = (defaultTags ?? {}) as { tags?: unknown };
  const tagged = tagProblems(tags).map((message) => ({ path: "aws:defaultTags", message }));
  if (region === undefined) {
    return [{ path: "aws:region", message: "is required, for example us-east-1" }, ...tagged];
  }
  const message = regionProblem(region);
  return message === undefined
    ? tagged
    : [{ path: "aws:region", message, received: region }, ...tagged];
}

/** Adds the values that are computed from several components' settings. */
function complete(stack: string, region: string, rooms: Rooms): StreamingMlConfig {
  const { stream, job, cluster, training } = rooms;
  const capacity = planCapacity({ stream, job, instanceTypes: scaledInstanceTypes(cluster) });
  if ("problem" in capacity) {
    throw readableError(`Pulumi.${stack}.yaml: ${capacity.problem}`);
  }
  const modelPackageGroupName =
    training.modelPackageGroupName ?? stackName(pulumi.getProject(), stack);
  return Object.freeze({ stack, region, ...rooms, capacity, modelPackageGroupName });
}

/** Validates each component's settings, then the rules between those that are valid. */
export function parseRooms(
  raw: Record<string, unknown>,
  namespace: string,
): { rooms: Partial<Rooms>; problems: SettingProblem[] } {
  const rooms: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [room, schema] of Object.entries(ROOMS)) {
    const given = raw[room] ?? undefined;
    // A component without required settings may be absent.
    if (given === undefined && !schema.safeParse(undefined).success) {
      problems.push({
        path: `${namespace}:${room}`,
        message: "is required: see docs/configuration.md",
      });
      continue;
    }
    const checked = checkSettings(schema as z.ZodType, given);
    if (checked.problems.length === 0) {
      rooms[room] = checked.settings;
    }
    problems.push(
      ...checked.problems.map(({ path, ...rest }) => ({
        path: `${namespace}:${room}${/^(\[|$)/.test(path) ? "" : "."}${path}`,
        ...rest,
      })),
    );
  }
  const crossField = crossFieldProblems(rooms as Partial<Rooms>).map(({ path, ...rest }) => ({
    path: `${namespace}:${path}`,
    ...rest,
  }));
  return { rooms: rooms, problems: [...problems, ...crossField] };
}

function readRoom(config: pulumi.Config, room: string): unknown {
  const text = config.get(room);
  if (text === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** One text for all problems of a stack file. */
export function describeProblems(problems: readonly SettingProblem[], stack: string): string {
  return listProblems(`Pulumi.${stack}.yaml has`, "nothing was planned", problems);
}
