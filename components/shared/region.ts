/** Partitions by the prefix of a region's name. Source: partitions.json of AWS's SDKs; other regions are `aws`. */
const PARTITION_PREFIXES: Readonly<Record<string, string>> = {
  "cn-": "aws-cn",
  "us-gov-": "aws-us-gov",
  "us-iso-": "aws-iso",
  "us-isob-": "aws-iso-b",
  "eu-isoe-": "aws-iso-e",
  "us-isof-": "aws-iso-f",
  "eusc-": "aws-eusc",
};

/** Partitions whose host names, service principals and VPC endpoint names are those that the program uses. */
const SUPPORTED_PARTITIONS = ["aws", "aws-us-gov"];

/** The partition of a region: the second part of every ARN there. */
export function partitionOf(region: string): string {
  const prefix = Object.keys(PARTITION_PREFIXES).find((start) => region.startsWith(start));
  return prefix === undefined ? "aws" : PARTITION_PREFIXES[prefix];
}

/** Why no stack can be deployed to a region, as the end of a sentence; undefined if one can. */
export function regionProblem(region: string): string | undefined {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) {
    return "must be the name of an AWS region, for example us-east-1";
  }
  const partition = partitionOf(region);
  return SUPPORTED_PARTITIONS.includes(partition)
    ? undefined
    : `lies in the partition ${partition}, where AWS's hosts, VPC endpoints and the services that take roles have ` +
        `names that this program does not write: use a region of ${SUPPORTED_PARTITIONS.join(" or ")}`;
}
