import * as pulumi from "@pulumi/pulumi";

import { COMPUTED, FUNCTIONS } from "./computedByAws";
import { takeFewerStackTraces } from "./fewerStackTraces";

takeFewerStackTraces();

/** A resource the program registered, as the engine would be told of it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** What the provider named it; absent while it is being made. */
  readonly id?: string;
  /** Inputs, with secrets unwrapped. */
  readonly inputs: Record<string, unknown>;
  /** Resource options and what the inputs hide, as they go over the wire. */
  readonly options: {
    /** URN of the component or stack it belongs to. */
    readonly parent: string;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly ignoreChanges: readonly string[];
    /** URNs of everything this resource waits for. */
    readonly dependencies: readonly string[];
    /** Names of the inputs that are secret. */
    readonly secrets: readonly string[];
  };
}

/** What stands behind the mocked engine. */
export interface EngineAnswers {
  /**
   * Id and outputs of a resource, from its inputs without their secret wrappers. `inputs`, where given, is recorded
   * in place of the program's own, as a provider's check would change them.
   */
  resource(
    request: ResourceRequest,
    plain: Registered["inputs"],
  ): Promise<{
    readonly id: string;
    readonly state: Record<string, unknown>;
    readonly inputs?: Registered["inputs"];
  }>;
  /** undefined for a function nobody planned. */
  call(token: string, inputs: Record<string, unknown>): object | undefined;
}

/** A resource as the engine is asked for it. */
export interface ResourceRequest {
  readonly type: string;
  readonly name: string;
  /** Inputs as they travel, secrets wrapped. */
  readonly inputs: Record<string, unknown>;
  /** Set when an existing resource is imported. */
  readonly id?: string;
}

/** Every input comes back as an output, plus the few things AWS computes. */
const echo: EngineAnswers = {
  resource({ type, name, inputs }) {
    const computed = COMPUTED[type]?.(name, inputs) ?? {};
    return Promise.resolve({
      id: (computed.id as string | undefined) ?? `${name}-id`,
      state: { name: `${name}-1a2b3c4`, ...inputs, ...computed },
    });
  },
  call: (token) => FUNCTIONS[token],
};

/**
 * Answers for the engine.
 * These tests prove the inputs we send; not that AWS accepts them.
 *
 * @param config values under their full keys; structured ones are given as objects
 * @returns the list that fills with what is registered from now on
 */
export async function mockStack(
  stack: string,
  config: Record<string, unknown> = {},
  answers: EngineAnswers = echo,
): Promise<Registered[]> {
  const registered: Registered[] = [];
  const options = new Map<string, Registered["options"]>();
  await pulumi.runtime.setMocks(
    {
      newResource: async (request: ResourceRequest) => {
        const { type, name } = request;
        const plain = unwrap(request.inputs) as Registered["inputs"];
        const place = registered.length;
        const record = { type, name, inputs: plain, options: options.get(`${type} ${name}`)! };
        registered.push(record);
        const { id, state, inputs } = await answers.resource(request, plain);
        registered[place] = { ...record, id, inputs: inputs ?? plain };
        return { id, state };
      },
      call: ({ token, inputs }) => {
        const answer = answers.call(token, inputs as Record<string, unknown>);
        if (answer === undefined) {
          throw new Error(
            `The program called the function ${token}, which this test does not plan.`,
          );
        }
        return answer;
      },
    },
    "streaming-ml",
    stack,
    false,
  );
  recordOptions(options);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  return registered;
}

/** The part of a registration that mocks are not told of. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getObject(): { toJavaScript(): Record<string, unknown> };
}

/** Listens in on what reaches the mocked engine. */
function recordOptions(options: Map<string, Registered["options"]>): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    options.set(`${request.getType()} ${request.getName()}`, {
      parent: request.getParent(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      dependencies: request.getDependenciesList(),
      secrets: Object.entries(request.getObject().toJavaScript())
        .filter(([, value]) => value !== null && typeof value === "object" && SECRET in value)
        .map(([key]) => key),
    });
    return register(request, callback);
  };
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve, reject) => {
    pulumi.output(output).apply((value) => resolve(value));
    (pulumi.output(output) as unknown as { promise(): Promise<unknown> }).promise().catch(reject);
  });
}

/** Waits until everything the program has registered so far has reached the mocks. */
export async function settled(): Promise<void> {
  // Exported at run time, but kept out of the typings.
  const runtime = pulumi.runtime as unknown as { waitForRPCs(): Promise<void> };
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await runtime.waitForRPCs();
  }
}

/** The one resource of a type with a name; fails when there is none. */
export function find(registered: readonly Registered[], type: string, name: string): Registered {
  const found = registered.find((resource) => resource.type === type && resource.name === name);
  if (found === undefined) {
    const known = registered.map((resource) => `${resource.type} ${resource.name}`).join("\n");
    throw new Error(`No resource ${type} "${name}" was registered. There are:\n${known}`);
  }
  return found;
}

/** Names of all resources of a type, sorted. */
export function namesOf(registered: readonly Registered[], type: string): string[] {
  return registered
    .filter((resource) => resource.type === type)
    .map(({ name }) => name)
    .sort();
}

/** One statement of a policy, as IAM reads it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: { readonly Service: string };
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition: Record<string, Record<string, unknown>>;
}

/** Statements of a policy given as JSON text. */
export function statements(policy: unknown): Statement[] {
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}

/** The value at a path such as `a.b.0.c`, or undefined. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

const SECRET = "4dabf18193072939515e22adb298388d";

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unwrap);
  }
  if (value !== null && typeof value === "object" && !(value instanceof pulumi.asset.Asset)) {
    const object = value as Record<string, unknown>;
    return SECRET in object
      ? unwrap(object.value)
      : Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, unwrap(inner)]));
  }
  return value;
}
