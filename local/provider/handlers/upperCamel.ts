import { isObject, type Properties } from "../wire";

/** Properties with names of variables or tags in them, not names of fields. */
const DATA_KEYS = new Set(["environment", "tags", "variables"]);

/** Names that differ by more than the first letter. */
const SPELLINGS: Record<string, string> = {
  destinationS3Uri: "DestinationS3Uri",
  serverlessConfig: "ServerlessConfig",
  memorySizeInMb: "MemorySizeInMB",
  volumeSizeInGb: "VolumeSizeInGB",
  subnets: "Subnets",
  ebsConfigs: "EbsConfiguration",
  keepJobFlowAliveWhenNoSteps: "KeepJobFlowAliveWhenNoSteps",
};

/** Renames Pulumi's lowerCamel names to the UpperCamel of AWS's JSON APIs, at every depth. */
export function upperCamelKeys(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        SPELLINGS[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
        DATA_KEYS.has(key) ? value : upperCamelValue(value),
      ]),
  );
}

function upperCamelValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(upperCamelValue);
  }
  return isObject(value) ? upperCamelKeys(value) : value;
}
