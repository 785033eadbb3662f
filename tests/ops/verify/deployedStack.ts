import type { DeployedStack, VerifyClients } from "../../../ops/verify/check";
import { stackOutputs } from "../../contracts/stackOutputsExample";
import { fakeClient } from "../fakeClient";

type Answers = Parameters<typeof fakeClient>[0];

/** Clients that answer from one table by command each; a command outside it fails the test. */
export function fakeClients(
  answers: Partial<Record<keyof VerifyClients, Answers>> = {},
): VerifyClients {
  const client = (name: keyof VerifyClients) => fakeClient(answers[name] ?? {}).client;
  return {
    apiGateway: client("apiGateway"),
    cloudWatch: client("cloudWatch"),
    emr: client("emr"),
    kinesis: client("kinesis"),
    s3: client("s3"),
    sagemaker: client("sagemaker"),
  };
}

/** 2026-01-02T03:04:10Z */
export const NOW = Date.parse("2026-01-02T03:04:10Z");

/** A stack with the example's outputs, at {@link NOW}; nobody waits. */
export function deployedStack(
  clients: VerifyClients,
  outputs: Partial<DeployedStack["outputs"]> = {},
): DeployedStack {
  return {
    reference: { stack: "dev" },
    outputs: { ...stackOutputs, ...outputs },
    clients,
    clock: { now: () => NOW, sleep: () => Promise.resolve() },
  };
}

/** An object of S3 that holds a text. */
export function object(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return {
    Body: {
      transformToString: () => Promise.resolve(Buffer.from(bytes).toString("utf8")),
      transformToByteArray: () => Promise.resolve(bytes),
    },
  };
}
