/** Cores and memory of EC2 instance types, by name. Source: EC2 instance types. */

const CORES_BY_SIZE: Readonly<Record<string, number>> = { large: 2, xlarge: 4 };

/** Memory per core in MB by family letter: compute, general purpose, memory. */
const MEMORY_PER_CORE_MB: Readonly<Record<string, number>> = { c: 2048, m: 4096, r: 8192 };

/** Approximate share of a node's memory that EMR gives to YARN; the rest is for the system and HDFS. */
const YARN_SHARE = 0.75;

/** vCPUs of an EC2 type by its size, or undefined for a size without a fixed number. */
export function virtualCores(instanceType: string): number | undefined {
  const match = /^[a-z]\d+[a-z]*\.(?:(\d+)xlarge|(large|xlarge))$/.exec(instanceType);
  if (match === null) {
    return undefined;
  }
  return match[1] === undefined ? CORES_BY_SIZE[match[2]] : Number(match[1]) * 4;
}

/** Memory of an EC2 type that YARN can allocate, in MB; undefined for families other than c, m and r. */
export function yarnMemoryMb(instanceType: string): number | undefined {
  const cores = virtualCores(instanceType);
  const perCore = MEMORY_PER_CORE_MB[instanceType[0]];
  return cores === undefined || perCore === undefined ? undefined : cores * perCore * YARN_SHARE;
}
