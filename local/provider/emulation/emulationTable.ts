import { createRequire } from "node:module";
import { describeFailure } from "./connection";
import type { Emulation, EmulationTable } from "./emulation";

const load = createRequire(__filename);

/**
 * Where the handlers of a service live. Loaded when first needed: a preview never touches an
 * emulator, and the SDK clients are most of what this process would load. By require, because a
 * relative `import()` does not pass through the TypeScript loader of a CommonJS process.
 */
const loaders: Readonly<Record<string, () => EmulationTable>> = {
  kinesis: () => (load("./stream") as typeof import("./stream")).streamEmulation,
  s3: () => (load("./lake") as typeof import("./lake")).lakeEmulation,
  secretsmanager: () => (load("./security") as typeof import("./security")).securityEmulation,
  emr: () => ({
    ...(load("./cluster") as typeof import("./cluster")).clusterEmulation,
    ...(load("./clusterCapacity") as typeof import("./clusterCapacity")).clusterCapacityEmulation,
  }),
  sagemaker: () => (load("./learning") as typeof import("./learning")).learningEmulation,
  scheduler: () => (load("./schedules") as typeof import("./schedules")).scheduleEmulation,
  apigateway: () => (load("./api") as typeof import("./api")).apiEmulation,
  cloudwatch: () => (load("./alarms") as typeof import("./alarms")).alarmsEmulation,
  appautoscaling: () => (load("./scaling") as typeof import("./scaling")).scalingEmulation,
};

/** The handler of a type that exists in the emulator, or undefined when only the state holds it. */
export function emulationOf(type: string): Emulation | undefined {
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  const emulation = loaders[service]?.()[type];
  return emulation && explainFailures(type, emulation);
}

/** The same handler, with failures that name the resource. */
function explainFailures(type: string, emulation: Emulation): Emulation {
  const explain = async <T>(operation: string, name: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw describeFailure(operation, type, name, error);
    }
  };
  return {
    create: (inputs, context) =>
      explain("create", context.name, () => emulation.create(inputs, context)),
    update: (id, olds, news, context) =>
      explain("update", context.name, async () => emulation.update?.(id, olds, news, context)),
    observe: (id, properties, context) =>
      explain(
        "read",
        context.name,
        async () => (await emulation.observe?.(id, properties, context)) ?? {},
      ),
    delete: (id, properties, context) =>
      explain("delete", context.name, () => emulation.delete(id, properties, context)),
    exists: (id, properties, context) =>
      explain("look up", context.name, () => emulation.exists(id, properties, context)),
  };
}
