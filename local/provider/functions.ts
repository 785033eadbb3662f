/** The provider functions a program may call offline. */
import type { Place } from "./resourceType";
import { text, type Properties } from "./wire";

type PlannedFunction = (inputs: Properties, place: Place) => Properties;

const plannedFunctions: Readonly<Record<string, PlannedFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, place) => ({
    id: place.accountId,
    accountId: place.accountId,
    arn: `arn:${place.partition}:iam::${place.accountId}:root`,
    userId: place.accountId,
  }),
  "aws:index/getRegion:getRegion": (inputs, place) => {
    const region = text(inputs.region) || text(inputs.name) || place.region;
    return {
      id: region,
      name: region,
      region,
      description: region,
      endpoint: `ec2.${region}.${domainSuffix(place)}`,
    };
  },
  "aws:index/getPartition:getPartition": (_inputs, place) => ({
    id: place.partition,
    partition: place.partition,
    dnsSuffix: domainSuffix(place),
    reverseDnsPrefix: domainSuffix(place).split(".").reverse().join("."),
  }),
};

/** Tokens of the functions that are planned. */
export const plannedTokens: readonly string[] = Object.keys(plannedFunctions);

/**
 * Answers a provider function.
 *
 * @throws on a token nobody planned: an invented answer would decide what a preview shows.
 */
export function invokeFunction(token: string, inputs: Properties, place: Place): Properties {
  const planned = plannedFunctions[token];
  if (planned === undefined) {
    throw new Error(
      `The offline provider does not plan the function "${token}". ` +
        `Add its answer in local/provider/functions.ts, or pass the value through configuration.`,
    );
  }
  return planned(inputs, place);
}

function domainSuffix(place: Place): string {
  return place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
