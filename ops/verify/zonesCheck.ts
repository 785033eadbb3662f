import {
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";

import type { Check, StackToBe } from "./check";
import type { PlannedStack } from "./plannedStack";
import { clusterTypes } from "./releaseCheck";
import { judgeZones, type Offering } from "./zonesVerdict";

export const zonesCheck: Check<StackToBe> = {
  id: "instance-types",
  title: "the zones offer the cluster's instance types",
  onlyAws: "A local run is in no availability zone.",
  async run({ planned, clients: { ec2 } }) {
    const { primary, core, task } = planned.cluster;
    const fleets = {
      primary: primary.instanceTypes,
      core: core.instanceTypes,
      ...(task === undefined ? {} : { task: task.instanceTypes }),
    };
    return judgeZones(
      fleets,
      await zonesOf(planned.network, ec2),
      await offerings(clusterTypes(planned.cluster), ec2),
    );
  },
};

/** Zones of the subnets that are there, or of those that will be made: the first ones by name. */
async function zonesOf(
  network: PlannedStack["network"],
  ec2: StackToBe["clients"]["ec2"],
): Promise<string[]> {
  if (network.mode === "existing") {
    const { Subnets: subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [...network.privateSubnetIds] }),
    );
    return [...new Set(subnets.map(({ AvailabilityZone: zone }) => zone ?? ""))];
  }
  const { AvailabilityZones: zones = [] } = await ec2.send(
    new DescribeAvailabilityZonesCommand({
      Filters: [{ Name: "opt-in-status", Values: ["opt-in-not-required"] }],
    }),
  );
  return zones
    .map(({ ZoneName: name }) => name ?? "")
    .sort()
    .slice(0, network.availabilityZones);
}

async function offerings(
  types: readonly string[],
  ec2: StackToBe["clients"]["ec2"],
): Promise<Offering[]> {
  const found: Offering[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ec2.send(
      new DescribeInstanceTypeOfferingsCommand({
        LocationType: "availability-zone",
        Filters: [{ Name: "instance-type", Values: [...types] }],
        NextToken: nextToken,
      }),
    );
    found.push(
      ...(page.InstanceTypeOfferings ?? []).map(({ Location, InstanceType }) => ({
        zone: Location ?? "",
        type: InstanceType ?? "",
      })),
    );
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
}
