import * as pulumi from "@pulumi/pulumi";

import type { RemainsSpec } from "./remains";
import { RemainsProvider } from "./remainsProvider";

/** Raised when the provider's code changes, because Pulumi keeps running the one it stored until then. */
const PROVIDER_REVISION = 2;

export type TrainingRemainsArgs = {
  readonly [K in keyof RemainsSpec]: pulumi.Input<RemainsSpec[K]>;
};

/**
 * What trainings leave behind in a pipeline and in a model package group. It stands for nothing in AWS: its deletion,
 * which must come before theirs, stops executions and removes models, so that AWS lets them go.
 */
export class TrainingRemains extends pulumi.dynamic.Resource {
  constructor(name: string, args: TrainingRemainsArgs, opts: pulumi.CustomResourceOptions) {
    super(
      new RemainsProvider(),
      name,
      { ...args, revision: PROVIDER_REVISION },
      opts,
      "training",
      "TrainingRemains",
    );
  }
}
