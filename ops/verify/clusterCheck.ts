import { DescribeClusterCommand } from "@aws-sdk/client-emr";

import type { Check, DeployedStack } from "./check";
import { judgeCluster } from "./clusterVerdict";

export const clusterCheck: Check<DeployedStack> = {
  id: "cluster",
  title: "the cluster runs, so its nodes reach EMR, S3 and the keys",
  async run({ outputs, clients }) {
    const { Cluster: cluster } = await clients.emr.send(
      new DescribeClusterCommand({ ClusterId: outputs.cluster.id }),
    );
    return judgeCluster({
      id: outputs.cluster.id,
      state: cluster?.Status?.State ?? "unknown",
      code: cluster?.Status?.StateChangeReason?.Code,
      message: cluster?.Status?.StateChangeReason?.Message,
    });
  },
};
