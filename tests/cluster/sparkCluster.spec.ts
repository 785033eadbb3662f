import { expect } from "chai";

import type { SparkCluster } from "../../components/cluster/sparkCluster";
import { at, find, namesOf, type Registered, valueOf } from "../shared/pulumiMocks";
import { large, planCluster, small } from "./plannedCluster";

// These tests prove the inputs we send; not that AWS accepts them.

const CLUSTER = "aws:emr/cluster:Cluster";

describe("SparkCluster", () => {
  let registered: Registered[];

  async function cluster(config: unknown, metricsNamespace?: string): Promise<SparkCluster> {
    const planned = await planCluster(config, metricsNamespace);
    registered = planned.registered;
    return planned.cluster;
  }

  it("asks for on-demand fleets whose targets it then leaves to EMR, and for no step", async () => {
    const made = await cluster(small);
    expect(await valueOf(made.clusterId)).to.equal("j-MOCKCLUSTER1");
    const { inputs, options } = find(registered, CLUSTER, "spark");
    const ebsConfigs = [{ size: 64, type: "gp3", volumesPerInstance: 1 }];
    expect(inputs.coreInstanceFleet).to.deep.equal({
      instanceTypeConfigs: [
        { instanceType: "m7g.xlarge", weightedCapacity: 1, ebsConfigs },
        { instanceType: "m6g.xlarge", weightedCapacity: 1, ebsConfigs },
      ],
      targetOnDemandCapacity: 2,
      targetSpotCapacity: 0,
      launchSpecifications: { onDemandSpecifications: [{ allocationStrategy: "lowest-price" }] },
    });
    expect(at(inputs, "masterInstanceFleet.targetOnDemandCapacity")).to.equal(1);
    expect(options.ignoreChanges).to.deep.equal([
      "coreInstanceFleet.targetOnDemandCapacity",
      "coreInstanceFleet.targetSpotCapacity",
      "steps",
    ]);
    expect(inputs).to.not.have.any.keys(
      "steps",
      "masterInstanceGroup",
      "coreInstanceGroup",
      "autoTerminationPolicy",
      "visibleToAllUsers",
    );
  });

  it("keeps running between steps, runs several at once and drains nodes before they go", async () => {
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").inputs).to.include({
      keepJobFlowAliveWhenNoSteps: true,
      stepConcurrencyLevel: 4,
      terminationProtection: true,
      unhealthyNodeReplacement: true,
      scaleDownBehavior: "TERMINATE_AT_TASK_COMPLETION",
      logUri: "s3://lake-artifacts-1a2b3c4/logs/",
    });
  });

  it("terminates an idle cluster after the minutes the stack gives", async () => {
    await cluster({ ...small, idleTerminationMinutes: 30 });
    expect(find(registered, CLUSTER, "spark").inputs.autoTerminationPolicy).to.deep.equal({
      idleTimeout: 1800,
    });
  });

  const properties = (classification: string) =>
    (
      JSON.parse(find(registered, CLUSTER, "spark").inputs.configurationsJson as string) as {
        Classification: string;
        Properties: Record<string, string>;
      }[]
    ).find(({ Classification }) => Classification === classification)?.Properties;

  it("switches node labels on from the first day, with drivers on on-demand nodes", async () => {
    await cluster(small);
    expect(properties("yarn-site")).to.include({
      "yarn.node-labels.enabled": "true",
      "yarn.node-labels.am.default-node-label-expression": "ON_DEMAND",
      "yarn.resourcemanager.am.max-attempts": "4",
      "yarn.nodemanager.log-aggregation.roll-monitoring-interval-seconds": "3600",
    });
  });

  it("leaves room for the driver of a second job beside the one that never ends", async () => {
    await cluster(small);
    expect(properties("capacity-scheduler")).to.deep.equal({
      "yarn.scheduler.capacity.resource-calculator":
        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator",
      "yarn.scheduler.capacity.maximum-am-resource-percent": "1",
    });
  });

  it("gives Spark the defaults of streaming, and leaves EMR's class path alone", async () => {
    await cluster(small);
    expect(properties("spark-defaults")).to.deep.equal({
      "spark.speculation": "false",
      "spark.sql.session.timeZone": "UTC",
      "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
      "spark.sql.streaming.stateStore.providerClass":
        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
    });
  });

  it("has Pulumi refuse to replace or delete what EMR would refuse to terminate", async () => {
    await cluster(small);
    expect(find(registered, CLUSTER, "spark").options.protect).to.equal(true);
    await cluster({ ...small, terminationProtection: false });
    expect(find(registered, CLUSTER, "spark").options.protect).to.equal(false);
  });

  it("starts three primaries as a fleet", async () => {
    await cluster(large);
    const fleet = find(registered, CLUSTER, "spark").inputs.masterInstanceFleet as object;
    expect(fleet).to.include({ targetOnDemandCapacity: 3, targetSpotCapacity: 0 });
  });

  it("adds a spot fleet only where the stack has one, and leaves its size to managed scaling", async () => {
    await cluster(small);
    expect(namesOf(registered, "aws:emr/instanceFleet:InstanceFleet")).to.deep.equal([]);
    await cluster(large);
    const { inputs, options } = find(
      registered,
      "aws:emr/instanceFleet:InstanceFleet",
      "spark-task",
    );
    expect(inputs.clusterId).to.equal("j-MOCKCLUSTER1");
    expect(at(inputs, "launchSpecifications.spotSpecifications.0.allocationStrategy")).to.equal(
      "price-capacity-optimized",
    );
    expect(options.ignoreChanges).to.deep.equal(["targetOnDemandCapacity", "targetSpotCapacity"]);
  });

  it("counts scaling in fleet units and removes the old policy before it puts the new one", async () => {
    await cluster(large);
    const { inputs, options } = find(
      registered,
      "aws:emr/managedScalingPolicy:ManagedScalingPolicy",
      "spark-scaling",
    );
    expect(inputs.computeLimits).to.deep.equal([
      {
        unitType: "InstanceFleetUnits",
        minimumCapacityUnits: 2,
        maximumCapacityUnits: 8,
        maximumCoreCapacityUnits: 4,
        maximumOndemandCapacityUnits: 3,
      },
    ]);
    expect(options.deleteBeforeReplace).to.equal(true);
  });

  it("is the parent of the cluster", async () => {
    const made = await cluster(small);
    expect(await valueOf(made.cluster.urn)).to.contain(
      "streaming-ml:cluster:SparkCluster$aws:emr/cluster:Cluster",
    );
  });
});
