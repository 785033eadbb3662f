import {
  CancelStepsCommand,
  type Cluster,
  type ComputeLimits,
  DescribeClusterCommand,
  EMRClient,
  GetManagedScalingPolicyCommand,
  ListClustersCommand,
  ListInstanceFleetsCommand,
  ListStepsCommand,
  ModifyInstanceFleetCommand,
  SetTerminationProtectionCommand,
  type StepSummary,
  TerminateJobFlowsCommand,
} from "@aws-sdk/client-emr";
import * as fs from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { ConfigOverrides } from "../../local/engine/scratchProject";
import { OfflineStack } from "../../local/engine/stack";
import { LocalEnvironment } from "../../local/environment/environment";
import { createRunDirectory } from "../../local/environment/run";
import { inRepository } from "../../tools/paths";

const PROGRAM = join(__dirname, "program");
const SPARK = join(__dirname, "spark");

/** Waiting times of a test; everything else is prod's. */
const PATIENCE = { readinessTimeoutSeconds: 60, stopTimeoutSeconds: 30 };

/** None of this is about the VPC, whose plans `tests/engine` holds: one that is there is not planned at each operation. */
const VPC = {
  mode: "existing",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  privateSubnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"],
} as const;

/** A job that began or ceased to be the one that writes. */
export interface WriterNote {
  readonly event: "took" | "left";
  readonly owner: string;
  readonly cluster: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** Prod's stream, lake, cluster and job in a VPC that is there, deployed by the real engine to the local EMR service. */
export class ProdOnOneMachine {
  private constructor(
    readonly stack: OfflineStack,
    readonly codeRoot: string,
    private readonly environment: LocalEnvironment,
    private readonly emr: EMRClient,
  ) {}

  static async start(): Promise<ProdOnOneMachine> {
    const runDirectory = createRunDirectory("cluster-upgrade");
    const saved = process.env.SPARK_HOME;
    process.env.SPARK_HOME = SPARK;
    const environment = await LocalEnvironment.start(runDirectory).finally(() => {
      if (saved === undefined) {
        delete process.env.SPARK_HOME;
      } else {
        process.env.SPARK_HOME = saved;
      }
    });
    try {
      const codeRoot = copyCode(join(runDirectory, "code"));
      const stack = await OfflineStack.open({
        stack: "local",
        runDirectory,
        services: environment.variables,
        programFolder: PROGRAM,
        config: { ...prodConfig(), "streaming-ml:codeRoot": codeRoot },
      });
      const emr = new EMRClient({
        endpoint: environment.variables.AWS_ENDPOINT_URL_EMR,
        region: "us-east-1",
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      });
      return new ProdOnOneMachine(stack, codeRoot, environment, emr);
    } catch (error) {
      await environment.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.emr.destroy();
    await this.environment.stop();
  }

  configure(overrides: ConfigOverrides): Promise<void> {
    return this.stack.setConfig(overrides);
  }

  async clusterId(): Promise<string> {
    return (await this.stack.outputs()).clusterId as string;
  }

  async cluster(id: string): Promise<Cluster> {
    const { Cluster: found } = await this.emr.send(new DescribeClusterCommand({ ClusterId: id }));
    return found!;
  }

  async activeClusters(): Promise<string[]> {
    const states = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"] as const;
    const { Clusters } = await this.emr.send(
      new ListClustersCommand({ ClusterStates: [...states] }),
    );
    return (Clusters ?? []).map(({ Id }) => Id!);
  }

  /** Steps of a cluster, oldest first. */
  async steps(id: string): Promise<StepSummary[]> {
    const { Steps } = await this.emr.send(new ListStepsCommand({ ClusterId: id }));
    return (Steps ?? []).reverse();
  }

  /** Every job that ever wrote, in the order they began and ceased to. */
  writers(): WriterNote[] {
    const text = fs.readFileSync(join(this.environment.runDirectory, "writers.jsonl"), "utf8");
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as WriterNote);
  }

  async scalingLimits(id: string): Promise<ComputeLimits | undefined> {
    const answer = await this.emr.send(new GetManagedScalingPolicyCommand({ ClusterId: id }));
    return answer.ManagedScalingPolicy?.ComputeLimits;
  }

  /** Changes what a fleet is asked to hold, as managed scaling does. */
  async scale(id: string, kind: "CORE" | "TASK", onDemand: number, spot: number): Promise<void> {
    const { InstanceFleets } = await this.emr.send(
      new ListInstanceFleetsCommand({ ClusterId: id }),
    );
    const fleet = InstanceFleets?.find(({ InstanceFleetType }) => InstanceFleetType === kind);
    await this.emr.send(
      new ModifyInstanceFleetCommand({
        ClusterId: id,
        InstanceFleet: {
          InstanceFleetId: fleet!.Id,
          TargetOnDemandCapacity: onDemand,
          TargetSpotCapacity: spot,
        },
      }),
    );
  }

  /** What `aws emr modify-cluster-attributes --no-termination-protected` does. */
  async unprotect(id: string): Promise<void> {
    await this.emr.send(
      new SetTerminationProtectionCommand({ JobFlowIds: [id], TerminationProtected: false }),
    );
  }

  /** Ends a step's own process, as CancelSteps does: its driver, which YARN placed elsewhere, goes on. */
  async cancel(id: string, stepId: string): Promise<void> {
    await this.emr.send(
      new CancelStepsCommand({
        ClusterId: id,
        StepIds: [stepId],
        StepCancellationOption: "TERMINATE_PROCESS",
      }),
    );
  }

  /** Ends a cluster behind Pulumi's back, as idle time, a lost primary or a person does. */
  async end(id: string): Promise<void> {
    await this.emr.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    while ((await this.cluster(id)).Status?.State !== "TERMINATED") {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function prodConfig(): ConfigOverrides {
  const text = fs.readFileSync(inRepository("Pulumi.prod.yaml"), "utf8");
  const { config } = parse(text) as { config: Record<string, object> };
  return {
    ...config,
    "streaming-ml:network": VPC,
    "streaming-ml:job": { ...config["streaming-ml:job"], ...PATIENCE },
  };
}

/** The code to deploy, in a folder that a test may change. */
function copyCode(root: string): string {
  for (const folder of ["spark", "contracts"]) {
    fs.cpSync(inRepository(folder), join(root, folder), { recursive: true });
  }
  fs.mkdirSync(join(root, ".local"));
  fs.symlinkSync(inRepository(".local", "built"), join(root, ".local", "built"));
  return root;
}
