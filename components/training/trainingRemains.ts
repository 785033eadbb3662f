import * as pulumi from "@pulumi/pulumi";

import type { RemainsSpec } from "./remains";
import { RemainsProvider } from "./remainsProvider";

/** Raised when the provider's code changes, because Pulumi keeps running the one it stored until then. */
const PROVIDER_REVISION = 2;

/** One for all resources: Pulumi serializes an instance once, which takes longer than planning the rest of a stack. */
const provider = new RemainsProvider();

export type TrainingRemainsArgs = {
  readonly [K in keyof RemainsSpec]: pulumi.Input<RemainsSpec[K]>;
};

/**
 * What trainings leave in a pipeline and in a model package group: executions and models. It is no resource of AWS:
 * deleting it, before those two, stops the executions and deletes the models, because AWS refuses to delete them otherwise.
 */
export class TrainingRemains extends pulumi.dynamic.Resource {
  constructor(name: string, args: TrainingRemainsArgs, opts: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { ...args, revision: PROVIDER_REVISION },
      opts,
      "training",
      "TrainingRemains",
    );
  }
}
