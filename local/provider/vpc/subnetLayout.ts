/** Address blocks of a VPC's subnets, by awsx's strategy "Auto". Pure. */

/** One kind of subnet, repeated in every availability zone. */
export interface SubnetSpec {
  readonly type: string;
  readonly name?: string;
  /** Netmask of the block; without it the block of the zone is divided evenly. */
  readonly cidrMask?: number;
  /** Blocks by zone, instead of computed ones. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: unknown;
}

/** One subnet to create. */
export interface SubnetPlan {
  readonly spec: SubnetSpec;
  readonly zoneIndex: number;
  readonly cidrBlock: string;
}

/** The plan for every zone: the VPC is divided evenly among zones, in a zone the specs follow each other. */
export function subnetLayout(
  vpcCidrBlock: string,
  zoneCount: number,
  specs: readonly SubnetSpec[],
): SubnetPlan[] {
  const { address, mask } = parseBlock(vpcCidrBlock);
  const zoneMask = mask + bitsFor(zoneCount);
  return Array.from({ length: zoneCount }).flatMap((_, zoneIndex) => {
    let next = address + zoneIndex * size(zoneMask);
    return specs.map((spec) => {
      const given = spec.cidrBlocks?.[zoneIndex];
      if (given !== undefined) {
        return { spec, zoneIndex, cidrBlock: given };
      }
      const subnetMask = spec.cidrMask ?? zoneMask + bitsFor(specs.length);
      const start = Math.ceil(next / size(subnetMask)) * size(subnetMask);
      next = start + size(subnetMask);
      return { spec, zoneIndex, cidrBlock: `${formatAddress(start)}/${subnetMask}` };
    });
  });
}

function bitsFor(parts: number): number {
  return Math.ceil(Math.log2(parts));
}

function size(mask: number): number {
  return 2 ** (32 - mask);
}

function parseBlock(block: string): { address: number; mask: number } {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (match === null) {
    throw new Error(`A VPC needs an address block such as 10.0.0.0/16. Received: "${block}".`);
  }
  const [first, second, third, fourth, mask] = match.slice(1).map(Number);
  return { address: ((first * 256 + second) * 256 + third) * 256 + fourth, mask };
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
