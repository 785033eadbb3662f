import type * as pulumi from "@pulumi/pulumi";

import type { Capacity } from "./capacity";
import type { SparkConfig } from "./jobConfig";
import type { SparkCode } from "./sparkCode";
import { batchJobSettings } from "./sparkSettings";

/**
 * Command that builds a training set, up to where it reads from. The training pipeline appends what is known only
 * when it runs: where to write and under which id.
 */
export function trainingSetCommand(
  code: SparkCode,
  spark: SparkConfig,
  capacity: Capacity,
  eventsUri: pulumi.Output<string>,
): pulumi.Output<string[]> {
  return code.submit({
    name: "training-set",
    spark,
    settings: batchJobSettings(spark, capacity),
    entryPoint: code.trainingSetJobUri,
    applicationArguments: eventsUri.apply((uri) => ["--events-uri", uri]),
  });
}
