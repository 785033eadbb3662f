import { virtualCores } from "../../components/runtimes/instanceTypes";
import type { PlannedStack } from "./plannedStack";
import { failed, ok, type Verdict } from "./verdict";

/** Something that a stack needs of the account. */
export interface QuotaNeed {
  /** Code of the service in Service Quotas. */
  readonly service: string;
  /** Name of the quota there. */
  readonly name: string;
  /** The least that a stack of this kind runs with. */
  readonly least: number;
}

const FAMILIES = "Standard (A, C, D, H, I, M, R, T, Z)";

/** What a stack needs at its largest; what else runs in the account comes on top. */
export function quotaNeeds(planned: PlannedStack): QuotaNeed[] {
  return [...clusterNeeds(planned), ...networkNeeds(planned), ...learningNeeds(planned)].filter(
    ({ least }) => least > 0,
  );
}

function clusterNeeds({ cluster }: PlannedStack): QuotaNeed[] {
  const { primary, core, task, scaling } = cluster;
  const cores = (types: readonly string[]) => virtualCores(types[0]) ?? 0;
  const onDemand =
    primary.count * cores(primary.instanceTypes) +
    scaling.maximumOnDemandUnits * cores(core.instanceTypes);
  const spot =
    task === undefined
      ? 0
      : (scaling.maximumUnits - scaling.maximumOnDemandUnits) * cores(task.instanceTypes);
  return [
    { service: "ec2", name: `Running On-Demand ${FAMILIES} instances`, least: onDemand },
    { service: "ec2", name: `All ${FAMILIES} Spot Instance Requests`, least: spot },
  ];
}

function networkNeeds({ network }: PlannedStack): QuotaNeed[] {
  if (network.mode !== "create") {
    return [];
  }
  const gateways = { none: 0, single: 1, perZone: network.availabilityZones };
  return [
    { service: "vpc", name: "VPCs per Region", least: 1 },
    { service: "ec2", name: "EC2-VPC Elastic IPs", least: gateways[network.natGateways] },
  ];
}

function learningNeeds({ training, endpoint }: PlannedStack): QuotaNeed[] {
  const { instanceType, instanceCount, spot, evaluationInstanceType } = training;
  const use = spot ? "spot training job" : "training job";
  // An update runs a second fleet beside the first.
  const fleet = endpoint.instances === undefined ? 0 : 2 * endpoint.instances.maxCount;
  return [
    { service: "sagemaker", name: `${instanceType} for ${use} usage`, least: instanceCount },
    { service: "sagemaker", name: `${evaluationInstanceType} for processing job usage`, least: 1 },
    {
      service: "sagemaker",
      name: `${endpoint.instances?.type ?? ""} for endpoint usage`,
      least: fleet,
    },
  ];
}

/** The account's quotas suffice. @param quotas by service and name, as `service: name` */
export function judgeQuotas(
  needs: readonly QuotaNeed[],
  quotas: ReadonlyMap<string, number>,
): Verdict {
  const short = needs.flatMap(({ service, name, least }) => {
    const has = quotas.get(`${service}: ${name}`);
    return has !== undefined && has >= least
      ? []
      : [`${service}: ${name}: ${has ?? "not listed"} of ${least}`];
  });
  return short.length === 0
    ? ok(
        `${needs.length} quotas suffice for this stack alone; while a cluster is replaced it needs its cores twice.`,
      )
    : failed(
        `Too low for this stack: ${short.join("; ")}.`,
        "Ask for more in Service Quotas; for SageMaker and spot that takes days in a new account.",
      );
}
