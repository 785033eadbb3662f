/** The provider functions a program may call offline. */
import { digest, type Place } from "./resourceType";
import { text, type Properties } from "./wire";

type PlannedFunction = (inputs: Properties, place: Place) => Properties;

/** Descriptions of regions, as AWS words them; others repeat their name. */
const REGION_DESCRIPTIONS: Record<string, string> = {
  "us-east-1": "US East (N. Virginia)",
  "us-west-2": "US West (Oregon)",
  "eu-west-1": "Europe (Ireland)",
  "ap-northeast-2": "Asia Pacific (Seoul)",
};

/** Zones a region is taken to have; programs that need more must name them. */
const ZONES = ["a", "b", "c"] as const;

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
      description: REGION_DESCRIPTIONS[region] ?? region,
      endpoint: `ec2.${region}.${domainSuffix(place)}`,
    };
  },
  "aws:index/getPartition:getPartition": (_inputs, place) => ({
    id: place.partition,
    partition: place.partition,
    dnsSuffix: domainSuffix(place),
    reverseDnsPrefix: domainSuffix(place).split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_inputs, place) => ({
    id: place.region,
    region: place.region,
    names: availabilityZoneNames(place.region),
    zoneIds: ZONES.map((_zone, index) => `${place.region}-az${index + 1}`),
    groupNames: [place.region],
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => policyDocument(inputs),
};

/** Names of the zones a region is taken to have. */
export function availabilityZoneNames(region: string): string[] {
  return ZONES.map((zone) => `${region}${zone}`);
}

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

/** Renders the statements as they are given; documents are not merged or reordered. */
function policyDocument(inputs: Properties): Properties {
  const unplanned = [
    "sourcePolicyDocuments",
    "overridePolicyDocuments",
    "overrideJson",
    "sourceJson",
  ].filter((key) => inputs[key] !== undefined);
  if (unplanned.length > 0) {
    throw new Error(
      `The offline provider does not merge policy documents: getPolicyDocument was called with ` +
        `${unplanned.join(" and ")}. Write the statements in one document.`,
    );
  }
  const statements = Array.isArray(inputs.statements) ? (inputs.statements as Properties[]) : [];
  const json = JSON.stringify({
    Version: text(inputs.version) || "2012-10-17",
    Statement: statements.map(policyStatement),
  });
  return { id: digest(json, 10), json, minifiedJson: json, statements };
}

function policyStatement(statement: Properties): Properties {
  const principals = group(statement.principals, "type", "identifiers");
  const notPrincipals = group(statement.notPrincipals, "type", "identifiers");
  return {
    ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
    Effect: statement.effect ?? "Allow",
    ...(principals && { Principal: principals }),
    ...(notPrincipals && { NotPrincipal: notPrincipals }),
    ...(statement.actions === undefined ? {} : { Action: statement.actions }),
    ...(statement.notActions === undefined ? {} : { NotAction: statement.notActions }),
    ...(statement.resources === undefined ? {} : { Resource: statement.resources }),
    ...(statement.notResources === undefined ? {} : { NotResource: statement.notResources }),
    ...(Array.isArray(statement.conditions) && {
      Condition: conditions(statement.conditions as Properties[]),
    }),
  };
}

function group(list: unknown, key: string, value: string): Properties | undefined {
  if (!Array.isArray(list)) {
    return undefined;
  }
  return Object.fromEntries(
    (list as Properties[]).map((entry) => [text(entry[key]), entry[value]]),
  );
}

function conditions(list: Properties[]): Properties {
  const grouped: Record<string, Properties> = {};
  for (const { test, variable, values } of list) {
    grouped[text(test)] = { ...grouped[text(test)], [text(variable)]: values };
  }
  return grouped;
}
