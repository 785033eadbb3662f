import * as sdk from "@aws-sdk/client-sagemaker";

import type { EndpointConnection } from "../../components/endpoint/deployEndpoint";
import { EndpointProvider } from "../../components/endpoint/endpointProvider";
import type { EndpointSpec, EndpointState } from "../../components/endpoint/endpointSpec";

/** What SageMaker is asked, by command and input. */
export interface Call {
  readonly command: string;
  readonly input: Record<string, unknown>;
}

type Live = { status: string; config: string; reason?: string };

/** What happens to the endpoint at each further look. */
type Course = readonly Partial<Live>[];

/** A SageMaker in this process: it holds one endpoint whose fate a test writes beforehand. */
export class FakeSageMaker {
  readonly calls: Call[] = [];
  readonly lines: string[] = [];
  live: Live | undefined;
  private course: Partial<Live>[] = [];
  /** Milliseconds that were slept so far. */
  clock = 0;

  constructor(
    live?: Live,
    /** What follows a create or an update. */
    readonly afterChange: Course = [{ status: "Updating" }, { status: "InService" }],
    /** What follows from the beginning: a change somebody else has begun. */
    afterStart: Course = [],
  ) {
    this.live = live;
    this.course = [...afterStart];
  }

  /** Names of the calls that change something, with what they change. */
  changes(): string[] {
    return this.calls
      .filter(({ command }) => !command.startsWith("Describe"))
      .map(({ command, input }) => {
        const target = input.EndpointConfigName ?? input.ModelName ?? input.EndpointName;
        return `${command} ${String(target)}`;
      });
  }

  connection(): EndpointConnection {
    return {
      sdk,
      client: {
        send: (command: unknown) => this.answer(command as never),
      } as EndpointConnection["client"],
      sleep: (milliseconds) => {
        this.clock += milliseconds;
        return Promise.resolve();
      },
      now: () => this.clock,
      log: (line) => this.lines.push(line),
    };
  }

  private answer(command: { constructor: { name: string }; input: Call["input"] }): unknown {
    const name = command.constructor.name.replace(/Command$/, "");
    const { input } = command;
    this.calls.push({ command: name, input });
    switch (name) {
      case "DescribeEndpoint":
        return this.describe();
      case "CreateEndpoint":
        this.live = { status: "Creating", config: String(input.EndpointConfigName) };
        this.course = [...this.afterChange];
        return Promise.resolve({});
      case "UpdateEndpoint":
        this.live = { status: "Updating", config: this.live!.config };
        this.course = this.afterChange.map((step) =>
          step.status === "InService" && step.config === undefined
            ? { ...step, config: String(input.EndpointConfigName) }
            : step,
        );
        return Promise.resolve({});
      case "DeleteEndpoint":
        this.live = undefined;
        return Promise.resolve({});
      default:
        return Promise.resolve({});
    }
  }

  private describe(): Promise<unknown> {
    const next = this.course.shift();
    if (this.live !== undefined && next !== undefined) {
      this.live = { ...this.live, ...next };
    }
    if (this.live === undefined) {
      return Promise.reject(
        Object.assign(new Error('Could not find endpoint "e".'), { name: "ValidationException" }),
      );
    }
    return Promise.resolve({
      EndpointArn: "arn:endpoint",
      EndpointStatus: this.live.status,
      EndpointConfigName: this.live.config,
      FailureReason: this.live.reason,
    });
  }
}

/** The provider, talking to the fake. */
export function providerOf(fake: FakeSageMaker): EndpointProvider {
  return new EndpointProvider(() => Promise.resolve(fake.connection()));
}

export const spec: EndpointSpec = {
  region: "us-east-1",
  accountId: "123456789012",
  endpointName: "e",
  endpointConfigName: "config-2",
  modelName: "model-2",
  retainCapacity: true,
  deploymentSettings: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: "errors" }] } },
  keepPrevious: 1,
  drainSeconds: 60,
  timeoutSeconds: 3600,
};

/** What the state holds when the first of two releases serves. */
export const state: EndpointState = {
  ...spec,
  endpointConfigName: "config-1",
  modelName: "model-1",
  arn: "arn:endpoint",
  releases: [{ endpointConfigName: "config-1", modelName: "model-1" }],
  verified: true,
};

interface PartialFailure extends Error {
  readonly id: string;
  readonly properties: EndpointState;
  readonly reasons: string[];
}

/** The failure of what must fail, with what a provider has told Pulumi. */
export async function failureOf(promise: Promise<unknown>): Promise<PartialFailure> {
  try {
    await promise;
  } catch (error) {
    return error as PartialFailure;
  }
  throw new Error("It was expected to fail, and did not.");
}
