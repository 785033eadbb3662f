/** The provider functions that a program may call offline. */
import type { AwsLocation } from "./resourceType";
import { type Properties, text } from "./wire";

type PlannedFunction = (inputs: Properties, location: AwsLocation) => Properties;

const plannedFunctions: Readonly<Record<string, PlannedFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, location) => ({
    id: location.accountId,
    accountId: location.accountId,
    arn: `arn:${location.partition}:iam::${location.accountId}:root`,
    userId: location.accountId,
  }),
  "aws:index/getRegion:getRegion": (inputs, location) => {
    const region = text(inputs.region) || text(inputs.name) || location.region;
    return {
      id: region,
      name: region,
      region,
      description: region,
      endpoint: `ec2.${region}.${domainSuffix(location)}`,
    };
  },
  "aws:index/getPartition:getPartition": (_inputs, location) => ({
    id: location.partition,
    partition: location.partition,
    dnsSuffix: domainSuffix(location),
    reverseDnsPrefix: domainSuffix(location).split(".").reverse().join("."),
  }),
};

/** Tokens of these functions. */
export const plannedTokens: readonly string[] = Object.keys(plannedFunctions);

/**
 * Answers a provider function.
 *
 * @throws on any other token: an invented answer would change what a preview shows
 */
export function invokeFunction(
  token: string,
  inputs: Properties,
  location: AwsLocation,
): Properties {
  const planned = plannedFunctions[token];
  if (planned === undefined) {
    throw new Error(
      `The offline provider does not have the function "${token}". ` +
        `Add its answer in local/provider/functions.ts, or pass the value through configuration.`,
    );
  }
  return planned(inputs, location);
}

function domainSuffix(location: AwsLocation): string {
  return location.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
