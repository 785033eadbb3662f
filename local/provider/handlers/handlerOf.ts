import { createRequire } from "node:module";

import { describeFailure } from "./connection";
import type { HandlerTable, ResourceHandler } from "./handler";

const load = createRequire(__filename);

/**
 * Handlers by service, loaded when first needed: a preview needs none, and the SDK clients are most
 * of what this process would load. By require, because the TypeScript loader of a CommonJS process
 * does not handle a relative `import()`.
 */
const loaders: Readonly<Record<string, () => HandlerTable>> = {
  kinesis: () => (load("./stream") as typeof import("./stream")).streamHandlers,
  s3: () => (load("./lake") as typeof import("./lake")).lakeHandlers,
  secretsmanager: () => (load("./security") as typeof import("./security")).securityHandlers,
  emr: () => ({
    ...(load("./cluster") as typeof import("./cluster")).clusterHandlers,
    ...(load("./clusterCapacity") as typeof import("./clusterCapacity")).clusterCapacityHandlers,
  }),
  sagemaker: () => (load("./learning") as typeof import("./learning")).learningHandlers,
  scheduler: () => (load("./schedules") as typeof import("./schedules")).scheduleHandlers,
  apigateway: () => (load("./api") as typeof import("./api")).apiHandlers,
  cloudwatch: () => (load("./alarms") as typeof import("./alarms")).alarmsHandlers,
  appautoscaling: () => (load("./scaling") as typeof import("./scaling")).scalingHandlers,
};

/** The handler of a type that exists in a stand-in, or undefined when only the state holds it. */
export function handlerOf(type: string): ResourceHandler | undefined {
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  const handler = loaders[service]?.()[type];
  return handler && explainFailures(type, handler);
}

/** The same handler, with failures that name the resource. */
function explainFailures(type: string, handler: ResourceHandler): ResourceHandler {
  const explain = async <T>(operation: string, name: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw describeFailure(operation, type, name, error);
    }
  };
  return {
    create: (inputs, context) =>
      explain("create", context.name, () => handler.create(inputs, context)),
    update: (id, olds, news, context) =>
      explain("update", context.name, async () => handler.update?.(id, olds, news, context)),
    observe: (id, properties, context) =>
      explain(
        "read",
        context.name,
        async () => (await handler.observe?.(id, properties, context)) ?? {},
      ),
    delete: (id, properties, context) =>
      explain("delete", context.name, () => handler.delete(id, properties, context)),
    exists: (id, properties, context) =>
      explain("look up", context.name, () => handler.exists(id, properties, context)),
  };
}
